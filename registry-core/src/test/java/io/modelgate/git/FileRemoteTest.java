package io.modelgate.git;

import java.nio.file.Path;
import java.util.Map;

class FileRemoteTest extends RemoteRepositoryContract {
    @Override
    String address(Path path) {
        return "file://" + path;
    }

    @Override
    Map<String, String> environment() {
        return Map.of();
    }

    @Override
    void start() {
        // A file needs no server.
    }

    @Override
    void stop() {
        // A file needs no server.
    }
}
