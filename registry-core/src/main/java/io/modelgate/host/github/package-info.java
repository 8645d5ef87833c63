/** How is a registry on GitHub, in the cloud or an enterprise's own, asked for its proposals? */
@NullMarked
package io.modelgate.host.github;

import org.jspecify.annotations.NullMarked;
