/** How is a registry on Bitbucket Data Center asked for its proposals? */
@NullMarked
package io.modelgate.host.bitbucket;

import org.jspecify.annotations.NullMarked;
