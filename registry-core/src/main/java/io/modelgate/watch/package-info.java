/** What does the gate say of each open proposal now, and has the host heard it? */
@NullMarked
package io.modelgate.watch;

import org.jspecify.annotations.NullMarked;
