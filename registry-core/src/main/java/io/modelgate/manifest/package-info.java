/** What is a model version, and is this file one? */
@NullMarked
package io.modelgate.manifest;

import org.jspecify.annotations.NullMarked;
