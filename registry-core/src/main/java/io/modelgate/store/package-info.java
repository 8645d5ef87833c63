/** Where are the bytes, and are they the right bytes? */
@NullMarked
package io.modelgate.store;

import org.jspecify.annotations.NullMarked;
