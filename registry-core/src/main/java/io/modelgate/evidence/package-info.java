/** What do we know about this version? */
@NullMarked
package io.modelgate.evidence;

import org.jspecify.annotations.NullMarked;
