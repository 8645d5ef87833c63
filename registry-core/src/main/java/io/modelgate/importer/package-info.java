/** What did another tool's file say, in our words? */
@NullMarked
package io.modelgate.importer;

import org.jspecify.annotations.NullMarked;
