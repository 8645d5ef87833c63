package io.modelgate;

import io.modelgate.finding.Checked;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.Artifact;
import io.modelgate.promotion.Hashing;
import io.modelgate.promotion.Planned;
import io.modelgate.promotion.Registering;
import io.modelgate.promotion.RegistrationRequest;
import io.modelgate.promotion.Workplace;
import io.modelgate.store.FileDigest;
import io.modelgate.store.FileTree;
import io.modelgate.store.Upload;
import java.util.List;
import java.util.Optional;

/** Plans how versions are added to a registry, from files here or on another machine. */
record Registrations(Workplace workplace, Session session) {
    Checked<Planned> plan(RegistrationRequest request, FileTree files) {
        String store = store(request);
        return Hashing.of(files, session.progress()).then(artifacts -> {
            Upload.Destination destination = new Upload.Destination(store, request.id());
            List<Upload> uploads = artifacts.stream()
                    .map(each -> new Upload(FileDigest.of(each), files.file(each.path()), destination))
                    .toList();
            return registering(request).plan(artifacts, store, uploads);
        });
    }

    Checked<Planned> plan(RegistrationRequest request, List<Artifact> artifacts) {
        return registering(request).plan(artifacts, store(request), List.of());
    }

    private Registering registering(RegistrationRequest request) {
        CommitId base = workplace.target();
        return new Registering(workplace.repository().snapshot(base), base, request);
    }

    /** The store that a version goes to; NOT_FOUND for one that the registry does not have. */
    private String store(RegistrationRequest request) {
        String store = request.store()
                .orElseGet(() ->
                        Workplace.config(workplace.snapshot()).stores().get(0).name());
        workplace.stores().named(Optional.of(store));
        return store;
    }
}
