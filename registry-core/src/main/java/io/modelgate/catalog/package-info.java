/** Find, list, resolve, history, index, site. */
@NullMarked
package io.modelgate.catalog;

import org.jspecify.annotations.NullMarked;
