/** How do I ask a Git host over HTTP, and what when it does not answer? */
@NullMarked
package io.modelgate.host.http;

import org.jspecify.annotations.NullMarked;
