package io.modelgate;

import io.modelgate.store.Checkout;

/**
 * What a pull did.
 *
 * @param files which files it wrote and which were there
 * @param fromCache how many of those that it wrote came from the cache of this machine
 */
public record Pulled(Checkout.Result files, int fromCache) {}
