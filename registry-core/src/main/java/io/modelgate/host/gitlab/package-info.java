/** How is a registry on GitLab asked for its proposals? */
@NullMarked
package io.modelgate.host.gitlab;

import org.jspecify.annotations.NullMarked;
