/** How are the files of a model kept in a container registry, so that its other clients can use them too? */
@NullMarked
package io.modelgate.store.oci;

import org.jspecify.annotations.NullMarked;
