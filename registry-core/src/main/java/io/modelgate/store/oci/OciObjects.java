package io.modelgate.store.oci;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.VersionId;
import io.modelgate.store.AnnouncedBytes;
import io.modelgate.store.Attachment;
import io.modelgate.store.FileDigest;
import io.modelgate.store.ListLimit;
import io.modelgate.store.MissingObjectException;
import io.modelgate.store.RemoteObjects;
import io.modelgate.store.StoredObject;
import io.modelgate.store.http.Ask;
import io.modelgate.store.http.RangedReads;
import io.modelgate.store.http.Reply;
import io.modelgate.store.http.StoreClient;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The files of one model as blobs of one repository, by their digests. */
final class OciObjects implements RemoteObjects {
    private static final String BY_HAND =
            ", with all their tags (the version's number and files-<root digest>) and what is attached to them, then run the"
                    + " registry's garbage collection; a blob that another manifest names stays.";

    private final OciRepository repository;
    private final RangedReads reads;
    private final BlobUpload upload;

    OciObjects(OciRepository repository, AtomicBoolean chunks, BegunUploads begun) {
        this.repository = repository;
        this.reads = new RangedReads(repository.client());
        this.upload = new BlobUpload(repository, chunks, begun);
    }

    @Override
    public OptionalLong size(FileDigest file) throws IOException {
        return reads.size(repository.blob(file.digest()), file);
    }

    @Override
    public boolean hasRanges(FileDigest file) throws IOException {
        return reads.hasRanges(repository.blob(file.digest()));
    }

    @Override
    public Piece read(FileDigest file, long from, long length) throws IOException {
        return reads.read(repository.blob(file.digest()), file, from, length);
    }

    @Override
    public void write(FileDigest file, AnnouncedBytes bytes, boolean replace) throws IOException {
        upload.send(file, bytes);
        if (replace && !isRight(file)) {
            throw RegistryException.conflict(
                    repository.client().home().getHost() + " has other bytes for " + file.path() + " in "
                            + repository.name() + " than their name says (" + file.digest()
                            + "), and keeps them though it was given the right ones.",
                    "Whoever runs the registry must take that blob away; then run the command again.");
        }
    }

    private boolean isRight(FileDigest file) throws IOException {
        MessageDigest digest = Digest.sha256();
        Piece piece = read(file, 0, file.size());
        try (InputStream in = new DigestInputStream(piece.bytes(), digest)) {
            byte[] block = new byte[1 << 17];
            long count = 0;
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                count += read;
                if (count > file.size()) {
                    return false;
                }
            }
        }
        return Digest.ofRaw(digest.digest()).equals(file.digest());
    }

    /** Bytes of a registry live as long as a manifest names them: one that people can pull too. */
    @Override
    public void complete(VersionId version, List<FileDigest> files) throws IOException {
        ModelPack pack = push(version, files);
        Optional<Manifest> there = repository.manifest(pack.tag());
        if (there.isPresent() && there.get().digest().equals(pack.descriptor().digest())) {
            return;
        }
        if (there.isPresent() && !pack.isForTheSame(there.get())) {
            throw RegistryException.conflict(
                    "The tag " + pack.tag() + " of " + repository.name() + " at "
                            + repository.client().home().getHost() + " is something else than " + version
                            + "; it was left as it is. The files are there, and kept by the tag " + pack.keepingTag()
                            + ".",
                    "Give Modelgate repositories of its own ('url: oci://host/prefix' in registry.yaml), or take that tag away.");
        }
        repository.put(pack.tag(), MediaType.MANIFEST, pack.manifest());
    }

    private ModelPack push(VersionId version, List<FileDigest> files) throws IOException {
        ModelPack pack = ModelPack.of(version, files);
        upload.send(Descriptor.of(MediaType.MODEL_CONFIG, pack.config()), pack.config());
        repository.put(pack.keepingTag(), MediaType.MANIFEST, pack.manifest());
        return pack;
    }

    @Override
    public void attach(VersionId version, List<FileDigest> files, Attachment attachment) throws IOException {
        ModelPack pack = push(version, files);
        new Referrers(repository)
                .attach(pack.descriptor(), attachment.name(), attachment.mediaType(), attachment.bytes());
    }

    private void list(ListLimit limit, Consumer<StoredObject> each) throws IOException {
        new TaggedBlobs(repository, limit, each).listAll();
    }

    private static ListLimit limit(StoreClient client) {
        return new ListLimit(
                "The registry " + client.home().getHost(), client.limits().listed());
    }

    @Override
    public boolean list(Consumer<StoredObject> each) throws IOException {
        list(limit(repository.client()), each);
        return true;
    }

    @Override
    public void remove(Digest digest) {
        throw RegistryException.usage(
                "A container registry takes blobs away by itself, when no manifest names them any more.",
                "Take the tags of the version in " + repository.name()
                        + " away (its number, and files-<root digest>), then run the registry's garbage collection.");
    }

    @Override
    public Optional<String> removedByHand() {
        return Optional.of("Delete the manifests of its versions in " + repository.name() + BY_HAND);
    }

    /** The repositories of all models of a store. */
    static final class All implements RemoteObjects {
        private final OciAddress address;
        private final StoreClient client;
        private final RegistryAccessFactory accesses;
        private final BegunUploads begun;
        private final AtomicBoolean chunks = new AtomicBoolean(true);

        interface RegistryAccessFactory {
            RegistryAccess of(String resource);
        }

        All(OciAddress address, StoreClient client, RegistryAccessFactory accesses, BegunUploads begun) {
            this.address = address;
            this.client = client;
            this.accesses = accesses;
            this.begun = begun;
        }

        private OciObjects repository(String name) {
            return new OciObjects(new OciRepository(client.as(accesses.of("repository:" + name)), name), chunks, begun);
        }

        @Override
        public Optional<String> removedByHand() {
            return Optional.of("Delete the manifests that alone name them, in the repositories below "
                    + address.registry() + BY_HAND);
        }

        @Override
        public RemoteObjects of(ModelName model) {
            return repository(address.repository(model));
        }

        @Override
        public boolean list(Consumer<StoredObject> each) throws IOException {
            Optional<List<String>> names = OciRepository.catalog(client.as(accesses.of("registry:catalog")));
            if (names.isEmpty()) {
                return false;
            }
            ListLimit limit = limit(client);
            for (String name : names.get()) {
                if (address.isOurs(name)) {
                    limit.page(1);
                    repository(name).list(limit, each);
                }
            }
            return true;
        }

        /** Without a model there is nothing; but whether the registry answers, and knows who asks, can be seen. */
        private void greet() throws IOException {
            StoreClient greeter = client.as(accesses.of(""));
            try (Reply reply = greeter.send(Ask.of("GET", client.home().resolve("/v2/")))) {
                if (!reply.ok()) {
                    throw greeter.trouble(reply, "API of a container registry");
                }
            }
        }

        @Override
        public OptionalLong size(FileDigest file) throws IOException {
            greet();
            return OptionalLong.empty();
        }

        @Override
        public Piece read(FileDigest file, long from, long length) throws IOException {
            greet();
            throw new MissingObjectException(file);
        }

        @Override
        public void write(FileDigest file, AnnouncedBytes bytes, boolean replace) {
            throw RegistryException.usage(
                    "The files in " + address.registry() + " are kept by model, and none was named.",
                    "Name a model, or a version of it.");
        }
    }
}
