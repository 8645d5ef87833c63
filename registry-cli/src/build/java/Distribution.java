import static java.nio.charset.StandardCharsets.UTF_8;

import io.modelgate.cli.Main;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Lays out the distribution in {@code target/modelgate}, from where the launcher of the checkout runs it and the assembly packs it. The build
 * runs this file as it is, with the class path of the command.
 */
final class Distribution {
    private static final Pattern LEGAL =
            Pattern.compile("(META-INF/)?(LICEN[SC]E|NOTICE|COPYING|about)(\\.(txt|md|html))?|about_files/.+");

    /** Their jars bring no text, but their licence is the one in our own {@code LICENSE}. */
    private static final Set<String> UNDER_APACHE =
            Set.of("JavaEWAH", "itu", "jspecify", "json-schema-validator", "picocli", "snakeyaml-engine");

    /** Some JDKs let only signed jars encrypt. Nothing of these is loaded at a usual start. */
    private static final Set<String> KEPT_SIGNED = Set.of("bcprov-jdk18on");

    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(?:SF|RSA|DSA|EC)");
    private static final LocalDateTime NO_TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

    private final Path module;
    private final Path jar;
    private final Path target;

    private Distribution(Path module, Path jar) {
        this.module = module;
        this.jar = jar;
        this.target = module.resolve("target/modelgate");
    }

    public static void main(String[] args) throws Exception {
        new Distribution(Path.of(args[0]), Path.of(args[1])).layOut();
    }

    private void layOut() throws Exception {
        clear();
        List<Path> libraries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> each.endsWith(".jar"))
                .map(Path::of)
                .sorted(Comparator.comparing(Path::getFileName))
                .toList();
        for (Path library : libraries) {
            if (isSigned(library) && !KEPT_SIGNED.contains(unversioned(library))) {
                copyUnsigned(library, target.resolve("lib").resolve(library.getFileName()));
            } else {
                copy(library, "lib/" + library.getFileName());
            }
            if (!library.getParent().endsWith("target")) { // not ours
                copyLegalTexts(library);
            }
        }
        copy(jar, "lib/modelgate.jar");
        copy(root().resolve("modelgate"), "bin/modelgate");
        target.resolve("bin/modelgate").toFile().setExecutable(true);
        copy(module.resolve("src/build/dist/bin/modelgate.cmd"), "bin/modelgate.cmd");
        copy(module.resolve("src/build/dist/README.md"), "README.md");
        copy(root().resolve("LICENSE"), "LICENSE");
        copy(module.resolve("target/THIRD-PARTY.txt"), "THIRD-PARTY.txt");
        write("completions/modelgate.bash", output("completion", "bash"));
        write("completions/_modelgate", output("completion", "zsh"));
        write("completions/modelgate.fish", output("completion", "fish"));
        write("lib/BUILD", digestOfJars() + "\n"); // last: the launcher takes it for the sign that all is there
    }

    /** Empties rather than removes, and {@code BUILD} first: no launcher may start on half of it. */
    private void clear() throws IOException {
        Files.deleteIfExists(target.resolve("lib/BUILD"));
        if (Files.exists(target)) {
            try (Stream<Path> old = Files.walk(target)) {
                for (Path each : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private static boolean isSigned(Path library) throws IOException {
        try (JarFile file = new JarFile(library.toFile())) {
            return file.stream()
                    .anyMatch(each -> SIGNATURE.matcher(each.getName()).matches());
        }
    }

    /**
     * A signed jar without its signature, which is verified here for the last time. Java verifies each class of a signed jar
     * again at every start, and leaves all of them out of the start-up archive: for JGit that is half of a short command.
     */
    private static void copyUnsigned(Path library, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (JarFile file = new JarFile(library.toFile(), true);
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(target))) {
            Manifest manifest = new Manifest(file.getManifest());
            manifest.getEntries().clear(); // digests of the signature, nothing else
            ZipEntry first = new ZipEntry(JarFile.MANIFEST_NAME);
            first.setTimeLocal(NO_TIME);
            out.putNextEntry(first);
            manifest.write(out);
            for (JarEntry entry : file.stream().toList()) {
                String name = entry.getName();
                if (entry.isDirectory()
                        || name.equals(JarFile.MANIFEST_NAME)
                        || SIGNATURE.matcher(name).matches()) {
                    continue;
                }
                byte[] bytes = file.getInputStream(entry).readAllBytes(); // throws when the signature does not hold
                ZipEntry copy = new ZipEntry(name);
                copy.setTimeLocal(NO_TIME);
                out.putNextEntry(copy);
                out.write(bytes);
            }
        }
    }

    private void copyLegalTexts(Path library) throws IOException {
        String name = library.getFileName().toString().replaceFirst("\\.jar$", "");
        boolean found = false;
        try (JarFile file = new JarFile(library.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                if (!entry.isDirectory() && LEGAL.matcher(entry.getName()).matches()) {
                    try (InputStream in = file.getInputStream(entry)) {
                        write("licenses/" + name + "/" + entry.getName().replace("META-INF/", ""), in.readAllBytes());
                    }
                    found = true;
                }
            }
        }
        String unversioned = unversioned(library);
        Path own = module.resolve("src/build/licenses").resolve(unversioned);
        if (Files.isRegularFile(own)) {
            copy(own, "licenses/" + name + "/LICENSE");
        } else if (!found && !UNDER_APACHE.contains(unversioned)) {
            throw new IllegalStateException(
                    library.getFileName() + " brings no licence text. Add " + own + " with the text of its licence.");
        }
    }

    private static String unversioned(Path library) {
        return library.getFileName().toString().replaceFirst("\\.jar$", "").replaceFirst("-\\d.*", "");
    }

    private String digestOfJars() throws Exception {
        MessageDigest all = MessageDigest.getInstance("SHA-256");
        TreeMap<String, Path> jars = new TreeMap<>();
        try (Stream<Path> files = Files.list(target.resolve("lib"))) {
            files.forEach(each -> jars.put(each.getFileName().toString(), each));
        }
        for (Path each : jars.values()) {
            all.update(each.getFileName().toString().getBytes(UTF_8));
            MessageDigest one = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(each), one)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            all.update(one.digest());
        }
        return HexFormat.of().formatHex(all.digest(), 0, 16);
    }

    private static byte[] output(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), args);
        if (code != 0) {
            throw new IllegalStateException("modelgate " + String.join(" ", args) + " ended with " + code + ": " + err);
        }
        return out.toString().replace("\r\n", "\n").getBytes(UTF_8);
    }

    private Path root() {
        return module.getParent();
    }

    private void copy(Path from, String to) throws IOException {
        write(to, Files.readAllBytes(from));
    }

    private void write(String to, String text) throws IOException {
        write(to, text.getBytes(UTF_8));
    }

    private void write(String to, byte[] bytes) throws IOException {
        Path file = target.resolve(to);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
