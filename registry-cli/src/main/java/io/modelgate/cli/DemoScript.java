package io.modelgate.cli;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Plays the demo: prints each command, runs it in this process, and stops when one does not end as it should. */
final class DemoScript {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final String MODEL = "credit/default-risk";

    private final Terminal outer;
    private final Terminal inner;
    private final String folder;
    private final Path directory;
    private int chapter;

    DemoScript(Terminal terminal, String folder, Path directory) {
        this.outer = terminal;
        this.folder = folder;
        this.directory = directory;
        Map<String, String> environment = new HashMap<>(terminal.environment());
        environment.remove("MODELGATE_REGISTRY");
        environment.remove("MODELGATE_USER");
        this.inner = new Terminal(
                terminal.out(), terminal.out(), terminal.in(), environment, directory, terminal.clock(), false);
    }

    void play() {
        outer.data("The whole life of a model. Every line after a $ is a command that you can type again.");
        command("cd " + folder);
        begin();
        twoVersionsToProduction();
        refusals();
        damage();
        back();
        outer.data("");
        outer.data("The registry is yours now: cd " + folder + " && modelgate list");
        outer.data("What was decided, and by whom, is in Git alone: git -C registry.git log main");
    }

    private void begin() {
        say("A registry is a Git repository: policies, stages, roles. No server, no database.");
        run(ExitCode.OK, "init registry.git --from starter --identity declared --as carol");
        say("A training job left a folder. Register what is in it; dev asks for no person, so it merges by itself.");
        run(ExitCode.OK, "register " + MODEL + "@1.0.0 training/1.0.0 --merge --as alice");
        run(ExitCode.OK, "promote " + MODEL + "@1.0.0 --to dev --merge --as alice");
    }

    private void twoVersionsToProduction() {
        say("uat measures performance and fairness. They are recomputed from the counts in the reports.");
        run(ExitCode.OK, "promote " + MODEL + "@1.0.0 --to uat --merge --as alice");
        say("prod wants a second person. Until then the verdict is pending (exit code 3).");
        run(ExitCode.PENDING, "promote " + MODEL + "@1.0.0 --to prod --note \"first release\" --as alice");
        run(ExitCode.OK, "review 4 --approve -m \"card and tests read\" --as bob");
        run(ExitCode.OK, "merge 4 --as alice");
        say("Anybody can find it, and gets exactly the bytes that were judged.");
        run(ExitCode.OK, "resolve " + MODEL + "@prod");
        run(ExitCode.OK, "pull " + MODEL + "@prod --to serving");
    }

    private void refusals() {
        say("A new version takes an applicant score from outside: a proxy of age. uat refuses it and says where.");
        run(ExitCode.OK, "register " + MODEL + "@1.2.0 training/1.2.0 --merge --as alice");
        run(ExitCode.OK, "promote " + MODEL + "@1.2.0 --to dev --merge --as alice");
        run(ExitCode.FINDINGS, "promote " + MODEL + "@1.2.0 --to uat --merge --as alice");
    }

    private void damage() {
        say("A better version, 1.1.0, gets as far as uat. Then one byte of it changes in the store.");
        run(ExitCode.OK, "register " + MODEL + "@1.1.0 training/1.1.0 --merge --as alice");
        run(ExitCode.OK, "promote " + MODEL + "@1.1.0 --to dev --merge --as alice");
        run(ExitCode.OK, "promote " + MODEL + "@1.1.0 --to uat --merge --as alice");
        changeOneByte();
        run(ExitCode.FINDINGS, "promote " + MODEL + "@1.1.0 --to prod --as alice");
        say("The right bytes are put back from the training output. Then the release goes on.");
        run(ExitCode.OK, "push " + MODEL + "@1.1.0 training/1.1.0");
        run(ExitCode.PENDING, "promote " + MODEL + "@1.1.0 --to prod --as alice");
        run(ExitCode.OK, "review 10 --approve --as carol");
        run(ExitCode.OK, "merge 10 --as alice");
    }

    private void back() {
        say("Something is wrong in production: roll back. That, too, is decided by two people and recorded.");
        run(ExitCode.PENDING, "rollback " + MODEL + " --stage prod --note \"scores drift\" --as alice");
        run(ExitCode.OK, "review 11 --approve --as bob");
        run(ExitCode.OK, "merge 11 --as alice");
        run(ExitCode.OK, "history " + MODEL + " --stage prod");
    }

    private void say(String text) {
        outer.data("");
        outer.data(++chapter + ". " + text);
    }

    private void command(String line) {
        outer.data("$ " + line);
    }

    private void run(ExitCode expected, String line) {
        command("modelgate " + line);
        int code = Main.run(inner, words(line));
        if (code != expected.number()) {
            throw RegistryException.environment(
                    "The demo stopped: this command ended with exit code " + code + ", not " + expected.number() + ".",
                    "Look at " + directory + " and report this with 'modelgate --version'.",
                    null);
        }
    }

    /** Changes the first byte of the model of 1.1.0 in the store, as the printed shell line does. */
    private void changeOneByte() {
        try {
            Path training = directory.resolve("training/1.1.0/model/model.onnx");
            String digest = io.modelgate.manifest.Digest.of(Files.readAllBytes(training))
                    .hex();
            Path object = object(digest);
            String shown = directory.relativize(object).toString();
            command("chmod u+w " + shown + " && printf X | dd of=" + shown + " conv=notrunc status=none");
            object.toFile().setWritable(true, true);
            try (FileChannel channel = FileChannel.open(object, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[] {'X'}), 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path object(String digest) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("artifacts"))) {
            return files.filter(file -> file.toString().endsWith(digest)
                            || file.getFileName().toString().endsWith(digest))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the store has no object " + digest));
        }
    }

    private static String[] words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return words.toArray(String[]::new);
    }
}
