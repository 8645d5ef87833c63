/** How do I ask a server that keeps bytes, and what when it is slow, lies, or points elsewhere? Stores that are mirrors over HTTP. */
@NullMarked
package io.modelgate.store.http;

import org.jspecify.annotations.NullMarked;
