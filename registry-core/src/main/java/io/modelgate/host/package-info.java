/** How do I ask for review on this Git host, and what did the reviewers say? */
@NullMarked
package io.modelgate.host;

import org.jspecify.annotations.NullMarked;
