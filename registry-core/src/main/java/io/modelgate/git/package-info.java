/** What did the registry say at commit X, and how do I change it safely? The only package that imports JGit. */
@NullMarked
package io.modelgate.git;

import org.jspecify.annotations.NullMarked;
