/** Who signed these bytes? */
@NullMarked
package io.modelgate.signature;

import org.jspecify.annotations.NullMarked;
