package io.modelgate.store.oci;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.RootDigest;
import io.modelgate.manifest.VersionId;
import io.modelgate.store.FileDigest;
import io.modelgate.store.http.Json;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A version of a model as an OCI image manifest, as the CNCF ModelPack specification has it: one layer for each file, as it is. The
 * same version with the same files gives the same bytes always: there is no time in it.
 */
final class ModelPack {
    static final String TITLE = "org.opencontainers.image.title";
    static final String MODEL = "io.modelgate.model";
    static final String VERSION = "io.modelgate.version";
    private static final String ROOT = "io.modelgate.artifacts";
    private static final String PATH = "org.cncf.model.filepath";
    /** The type of a layer is told from the file's name, and ModelPack has a word for that. */
    private static final String UNTESTED = "org.cncf.model.file.mediatype.untested";

    private final VersionId version;
    private final byte[] config;
    private final byte[] manifest;
    private final Digest root;

    private ModelPack(VersionId version, byte[] config, byte[] manifest, Digest root) {
        this.version = version;
        this.config = config;
        this.manifest = manifest;
        this.root = root;
    }

    static ModelPack of(VersionId version, List<FileDigest> files) {
        List<FileDigest> sorted = files.stream()
                .sorted(Comparator.comparing(FileDigest::path, RootDigest.PATH_ORDER))
                .toList();
        MessageDigest all = Digest.sha256();
        sorted.forEach(each -> all.update(each.digest().raw()));
        Digest root = Digest.ofRaw(all.digest());
        byte[] config = config(version, sorted);
        byte[] manifest = manifest(version, sorted, config, root);
        if (manifest.length > Manifest.MOST_BYTES) {
            throw RegistryException.usage(
                    version + " has " + files.size() + " files, more than a manifest of a container registry can name.",
                    "Put files that belong together into archives, or use another kind of store.");
        }
        return new ModelPack(version, config, manifest, root);
    }

    private static byte[] config(VersionId version, List<FileDigest> files) {
        return Json.write(new OciDocuments.ModelConfig(
                version.model().toString(),
                version.version().toString(),
                files.stream().map(each -> each.digest().toString()).toList()));
    }

    private static byte[] manifest(VersionId version, List<FileDigest> files, byte[] config, Digest root) {
        return Json.write(OciDocuments.ImageManifest.ofModel(
                OciDocuments.WrittenDescriptor.of(Descriptor.of(MediaType.MODEL_CONFIG, config)),
                files.stream().map(ModelPack::layer).toList(),
                ordered(
                        MODEL,
                        version.model().toString(),
                        VERSION,
                        version.version().toString(),
                        ROOT,
                        root.toString(),
                        "org.opencontainers.image.version",
                        version.version().toString())));
    }

    private static OciDocuments.WrittenDescriptor layer(FileDigest file) {
        return OciDocuments.WrittenDescriptor.annotated(
                new Descriptor(MediaType.ofFile(file.path()), file.digest(), file.size()),
                ordered(PATH, file.path(), UNTESTED, "true", TITLE, file.path()));
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    /** The bytes of the configuration object. */
    byte[] config() {
        return config;
    }

    /** The bytes of the manifest. */
    byte[] manifest() {
        return manifest;
    }

    /** What the manifest is to those that refer to it. */
    Descriptor descriptor() {
        return Descriptor.of(MediaType.MANIFEST, manifest);
    }

    /** The tag that people know. Tags have no plus, and no more than 128 characters. */
    String tag() {
        return version.version().toString().replace('+', '_');
    }

    /** The tag that keeps exactly these files, whatever happens to the other one. */
    String keepingTag() {
        return "files-" + root.hex();
    }

    /** Whether a manifest was written for the same version, maybe with other files. */
    boolean isForTheSame(Manifest other) {
        Json annotations = other.json().at("annotations");
        return annotations
                        .text(MODEL)
                        .filter(version.model().toString()::equals)
                        .isPresent()
                && annotations
                        .text(VERSION)
                        .filter(version.version().toString()::equals)
                        .isPresent();
    }

    @Override
    public String toString() {
        return version + " " + root;
    }
}
