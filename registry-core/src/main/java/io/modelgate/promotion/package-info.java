/** Register, promote, roll back, merge: plan, then apply. */
@NullMarked
package io.modelgate.promotion;

import org.jspecify.annotations.NullMarked;
