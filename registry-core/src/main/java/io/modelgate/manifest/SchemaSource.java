package io.modelgate.manifest;

/** Gives the text of a schema, so that a finding can say more than the engine does. */
interface SchemaSource {
    /** The root of the schema with this address. */
    Node root(String address);
}
