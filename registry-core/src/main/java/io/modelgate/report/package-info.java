/** How does it read for people, for CI, for code scanners? */
@NullMarked
package io.modelgate.report;

import org.jspecify.annotations.NullMarked;
