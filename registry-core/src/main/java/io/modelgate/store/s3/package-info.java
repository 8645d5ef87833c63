/** How are bytes kept in buckets of S3? */
@NullMarked
package io.modelgate.store.s3;

import org.jspecify.annotations.NullMarked;
