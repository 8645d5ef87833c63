package io.modelgate.git;

import java.util.Optional;

/**
 * A path that two trees hold differently, by mode or object id. Folders are not listed, only what is in them.
 *
 * @param path slash-separated, from the root
 * @param before the entry in the first tree
 * @param after the entry in the second tree
 */
public record TreeChange(String path, Optional<TreeEntry> before, Optional<TreeEntry> after) {}
