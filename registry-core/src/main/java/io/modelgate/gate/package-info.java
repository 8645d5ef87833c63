/** May this change be merged? */
@NullMarked
package io.modelgate.gate;

import org.jspecify.annotations.NullMarked;
