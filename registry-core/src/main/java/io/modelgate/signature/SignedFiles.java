package io.modelgate.signature;

import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.RootDigest;
import io.modelgate.store.FileDigest;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was signed: the list of names and digests in an in-toto statement (OpenSSF Model Signing v1.0).
 *
 * @param subject what the signer calls it; binds nothing
 * @param files digest by name, in the order of the statement; at least one
 * @param ignored paths that the signer left out, if the statement says so
 */
public record SignedFiles(String subject, Map<String, Digest> files, Set<String> ignored) {
    /** The name of a model that is one file, as the reference tool writes it. */
    public static final String ONE_FILE = ".";

    static final String STATEMENT = "https://in-toto.io/Statement/v1";
    static final String PREDICATE = "https://model_signing/signature/v1.0";
    private static final int LONGEST_SUBJECT = 1024;
    private static final String OLD_PREDICATE = "https://model_signing/Digests/v0.1";

    public SignedFiles {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        ignored = Collections.unmodifiableSet(new LinkedHashSet<>(ignored));
        if (files.isEmpty()) {
            throw new IllegalArgumentException("nothing is signed");
        }
    }

    /** These files, in code-point order of their names. */
    public static SignedFiles of(String subject, List<FileDigest> files) {
        Map<String, Digest> named = new LinkedHashMap<>();
        files.stream().sorted(FileDigest.ORDER).forEach(file -> named.put(file.path(), file.digest()));
        return new SignedFiles(subject, named, Set.of());
    }

    /** A model that is one file. */
    public static SignedFiles oneFile(String subject, Digest digest) {
        return new SignedFiles(subject, Map.of(ONE_FILE, digest), Set.of());
    }

    /** The same, saying that the signer left out these paths. */
    public SignedFiles without(Set<String> paths) {
        return new SignedFiles(subject, files, paths);
    }

    /** SHA-256 over the raw digests in listed order, which is what the makers of either order compute. */
    Digest root() {
        MessageDigest root = Digest.sha256();
        files.values().forEach(each -> root.update(each.raw()));
        return Digest.ofRaw(root.digest());
    }

    /** Reads the payload of an envelope. */
    static SignedFiles read(byte[] payload) throws RefusedException {
        BundleObject statement = new BundleObject(StrictJson.object(payload, "the payload"), "")
                .only("_type", "subject", "predicateType", "predicate");
        statement.expect("_type", STATEMENT);
        if (statement.text("predicateType").equals(OLD_PREDICATE)) {
            throw new RefusedException(
                    "it is a signature of model-signing before 1.0, which does not say what it covers",
                    "Sign it again with model-signing 1.0 or newer, or with 'modelgate sign'.");
        }
        statement.expect("predicateType", PREDICATE);
        BundleObject subject = statement.single("subject", "").only("name", "digest");
        BundleObject predicate = statement.child("predicate").only("serialization", "resources");
        Set<String> ignored = new LinkedHashSet<>(serialization(predicate.child("serialization")));
        if (subject.text("name").length() > LONGEST_SUBJECT) {
            throw subject.refused("'" + subject.name("name") + "' has more than " + LONGEST_SUBJECT + " characters");
        }
        SignedFiles read = new SignedFiles(subject.text("name"), resources(predicate), ignored);
        Digest root = digest(subject.child("digest").only("sha256"), "sha256");
        if (!root.equals(read.root())) {
            throw new RefusedException(
                    "its subject is " + root + ", but the files that it lists give " + read.root(), "Sign it again.");
        }
        return read;
    }

    private static List<String> serialization(BundleObject serialization) throws RefusedException {
        serialization.only("method", "hash_type", "allow_symlinks", "ignore_paths");
        serialization.expect("method", "files");
        serialization.expect("hash_type", "sha256");
        serialization.expectBool("allow_symlinks");
        return serialization.has("ignore_paths") ? serialization.texts("ignore_paths") : List.of();
    }

    private static Map<String, Digest> resources(BundleObject predicate) throws RefusedException {
        Map<String, Digest> files = new LinkedHashMap<>();
        for (BundleObject resource : predicate.children("resources")) {
            resource.only("name", "algorithm", "digest").expect("algorithm", "sha256");
            String name = resource.text("name");
            if (files.put(name, digest(resource, "digest")) != null) {
                throw resource.refused("the file '" + name + "' is listed twice");
            }
        }
        if (files.isEmpty()) {
            throw predicate.refused("it lists no file");
        }
        if (files.size() > 1 || !files.containsKey(ONE_FILE)) {
            for (String name : files.keySet()) {
                requireName(predicate, name);
            }
        }
        return files;
    }

    private static void requireName(BundleObject predicate, String name) throws RefusedException {
        try {
            Artifact.requirePath(name);
        } catch (IllegalArgumentException e) {
            throw predicate.refused("'" + name + "' can be the name of no file of a model");
        }
    }

    private static Digest digest(BundleObject object, String key) throws RefusedException {
        try {
            return new Digest(object.text(key));
        } catch (IllegalArgumentException e) {
            throw object.refused("'" + object.name(key) + "' is not 64 lower-case hex digits");
        }
    }

    /** The statement that says so. */
    Node.Mapping statement() {
        Node.Mapping subjects = new MappingBuilder()
                .text("name", subject)
                .put("digest", new MappingBuilder().text("sha256", root().hex()).build())
                .build();
        Node.Mapping serialization = new MappingBuilder()
                .text("method", "files")
                .text("hash_type", "sha256")
                .bool("allow_symlinks", false)
                .texts("ignore_paths", List.copyOf(ignored))
                .build();
        List<Node> resources = new ArrayList<>();
        files.forEach((name, digest) -> resources.add(new MappingBuilder()
                .text("name", name)
                .text("algorithm", "sha256")
                .text("digest", digest.hex())
                .build()));
        return new MappingBuilder()
                .text("_type", STATEMENT)
                .list("subject", List.of(subjects))
                .text("predicateType", PREDICATE)
                .put(
                        "predicate",
                        new MappingBuilder()
                                .put("serialization", serialization)
                                .list("resources", resources)
                                .build())
                .build();
    }

    /**
     * How these files differ from those of a version or a folder, sentences without full stops, sorted by name; empty when they are
     * the same names and digests. A model of one file may be called {@code .} or by the last part of its name. What the signer
     * left out is never forgiven here.
     */
    public List<String> differences(List<FileDigest> there) {
        Map<String, Digest> signed = named(there);
        List<String> differences = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> looks = looks(signed.keySet(), there);
        for (FileDigest file : there.stream().sorted(FileDigest.ORDER).toList()) {
            names.add(file.path());
            Digest digest = signed.get(file.path());
            if (digest == null) {
                differences.add(file.path() + " is not signed" + why(file.path(), looks));
            } else if (!digest.equals(file.digest())) {
                differences.add(file.path() + " was signed with other bytes: " + digest.abbreviated() + "…, here "
                        + file.digest().abbreviated() + "…");
            }
        }
        signed.keySet().stream()
                .filter(name -> !names.contains(name))
                .sorted(RootDigest.PATH_ORDER)
                .forEach(name -> differences.add(name + " was signed and is not there"));
        return differences;
    }

    /** How many of these were not signed. */
    int unsigned(List<FileDigest> there) {
        Set<String> signed = named(there).keySet();
        return (int)
                there.stream().filter(file -> !signed.contains(file.path())).count();
    }

    /** What was signed, a single file by the name that it has there. */
    private Map<String, Digest> named(List<FileDigest> there) {
        return there.size() == 1 && files.size() == 1 && isNameOf(there.get(0).path())
                ? Map.of(there.get(0).path(), files.values().iterator().next())
                : files;
    }

    private boolean isNameOf(String path) {
        String name = files.keySet().iterator().next();
        return name.equals(ONE_FILE) || name.equals(path.substring(path.lastIndexOf('/') + 1));
    }

    /** How the signed names look, for files that are not among them: once for all, as there may be tens of thousands of both. */
    private static Set<String> looks(Set<String> signed, List<FileDigest> there) {
        return there.stream().map(FileDigest::path).allMatch(signed::contains)
                ? Set.of()
                : signed.stream().map(SignedFiles::look).collect(Collectors.toSet());
    }

    private static String look(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    private String why(String path, Set<String> looks) {
        if (ignores(path)) {
            return ": its signer left it out";
        }
        return looks.contains(look(path))
                ? ": the signed name looks the same and is another (Unicode normalisation)"
                : "";
    }

    /** Whether the signer left out this path, or a folder above it. */
    public boolean ignores(String path) {
        return ModelFolder.isIn(ignored, path);
    }
}
