/** What does the stage require? */
@NullMarked
package io.modelgate.policy;

import org.jspecify.annotations.NullMarked;
