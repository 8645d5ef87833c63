package io.modelgate.store.http;

import io.modelgate.finding.RegistryException;
import io.modelgate.store.AnnouncedBytes;
import io.modelgate.store.FileDigest;
import io.modelgate.store.RemoteObjects;
import java.io.IOException;
import java.net.URI;
import java.util.OptionalLong;

/** A file store that a web server gives out: {@code <url>/sha256/<first two digits>/<all digits>}. */
final class HttpObjects implements RemoteObjects {
    private final String store;
    private final URI base;
    private final RangedReads reads;

    HttpObjects(String store, URI base, StoreClient client) {
        this.store = store;
        this.base = base;
        this.reads = new RangedReads(client);
    }

    private URI address(FileDigest file) {
        String digits = file.digest().hex();
        return URI.create(base + "/sha256/" + digits.substring(0, 2) + "/" + digits);
    }

    @Override
    public OptionalLong size(FileDigest file) throws IOException {
        return reads.size(address(file), file);
    }

    @Override
    public boolean hasRanges(FileDigest file) throws IOException {
        return reads.hasRanges(address(file));
    }

    @Override
    public Piece read(FileDigest file, long from, long length) throws IOException {
        return reads.read(address(file), file, from, length);
    }

    @Override
    public void write(FileDigest file, AnnouncedBytes bytes, boolean replace) {
        throw RegistryException.usage(
                "Store " + store + " (" + base + ") is a mirror that is only read.",
                "Put the files where its web server takes them from ('modelgate push' with a file store of that folder), or"
                        + " name it under 'mirrors' of a store that can be written.");
    }
}
