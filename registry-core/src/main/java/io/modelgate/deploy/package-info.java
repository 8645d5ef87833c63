/** What should run where now? */
@NullMarked
package io.modelgate.deploy;

import org.jspecify.annotations.NullMarked;
