/** Are the bytes of all versions still right in every place, and which objects are nobody's? */
@NullMarked
package io.modelgate.audit;

import org.jspecify.annotations.NullMarked;
