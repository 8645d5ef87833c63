/** What is this file, from its bytes alone, and can loading it run code? */
@NullMarked
package io.modelgate.format;

import org.jspecify.annotations.NullMarked;
