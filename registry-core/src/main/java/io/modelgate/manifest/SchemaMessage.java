package io.modelgate.manifest;

/**
 * What a finding says.
 *
 * @param text what is wrong
 * @param remedy what to do
 */
record SchemaMessage(String text, String remedy) {}
