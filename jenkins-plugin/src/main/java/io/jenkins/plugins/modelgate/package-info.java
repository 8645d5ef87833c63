/** The Jenkins plugin: thin steps over {@link io.modelgate.Registry}. What they decide is in the library, and tested there. */
package io.jenkins.plugins.modelgate;
