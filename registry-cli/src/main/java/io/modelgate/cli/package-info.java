/** How do I ask it from a terminal? */
@NullMarked
package io.modelgate.cli;

import org.jspecify.annotations.NullMarked;
