/** What is wrong, where, how bad, what to do? */
@NullMarked
package io.modelgate.finding;

import org.jspecify.annotations.NullMarked;
