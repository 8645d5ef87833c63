/** How is a registry on Bitbucket Cloud asked for its proposals? */
@NullMarked
package io.modelgate.host.bitbucket.cloud;

import org.jspecify.annotations.NullMarked;
