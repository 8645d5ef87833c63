/** Where do I start? {@code Registry}, the facade that the CLI and the plugin call. */
@NullMarked
package io.modelgate;

import org.jspecify.annotations.NullMarked;
