/** How is a registry on Gitea or Forgejo asked for its proposals? */
@NullMarked
package io.modelgate.host.gitea;

import org.jspecify.annotations.NullMarked;
