package io.jenkins.plugins.modelgate;

/**
 * What a Jenkinsfile asks of the gate. Nothing of it weakens a verdict.
 *
 * @param registry the id of a configured registry; may be null
 * @param proposal the number of a proposal; 0 for the one that is built
 * @param reports folder of the workspace for the reports
 * @param publish whether to tell the host
 */
record GateOptions(String registry, int proposal, String reports, boolean publish) {}
