package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.report.OutputFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.ObjectMapper;

/** No verb takes {@code --output} and goes by it: it writes the format, or says that it does not. */
class OutputFormatTest extends CommandLineFixture {
    private static final Path SAMPLES =
            Path.of("../samples/wine-cultivar").toAbsolutePath().normalize();
    private static final String KEY = Path.of("../registry-core/src/test/resources/signature/keys/sec1-p256.pem")
            .toAbsolutePath()
            .normalize()
            .toString();
    private static final String ONE = "wine/cultivar@1.0.0";
    private static final String TWO = "wine/cultivar@1.1.0";
    private static final Set<String> WITH_VERDICT =
            Set.of("register", "promote", "rollback", "propose", "verify", "review", "merge", "signature add");
    private static final Set<String> WITHOUT_REGISTRY = Set.of("init", "card new", "card check", "evidence import");

    @BeforeEach
    void begin() throws Exception {
        succeeds("init", "registry.git", "--identity", "declared", "--as", "ann");
        copy(SAMPLES.resolve("1.0.0"), folder.resolve("output"));
        Files.copy(SAMPLES.resolve("model.yaml"), folder.resolve("model.yaml"));
        succeeds("register", ONE, "output", "--merge", "-r", "registry.git", "--as", "ann");
        succeeds("promote", ONE, "--to", "dev", "--merge", "-r", "registry.git", "--as", "ann");
        copy(SAMPLES.resolve("1.0.0/model"), folder.resolve("signed"));
        succeeds("sign", "signed", "--key", KEY, "--to", "signed/model.sig");
        git("clone", "-q", "registry.git", "files");
        delete(folder.resolve("files/.git"));
        Files.writeString(folder.resolve("files/README.md"), "Read me.\n");
    }

    /** Each verb once, in an order in which each finds what it needs. */
    private static Map<String, String> calls() {
        Map<String, String> calls = new LinkedHashMap<>();
        calls.put("init", "other.git --identity declared");
        calls.put("register", TWO + " output --merge");
        calls.put("promote", TWO + " --to dev --merge");
        calls.put("rollback", "wine/cultivar --stage dev");
        calls.put("propose", "files -t Readme");
        calls.put("proposals", "");
        calls.put("verify", "5");
        calls.put("review", "5 --comment -m Well.");
        calls.put("merge", "5");
        calls.put("resolve", ONE);
        calls.put("pull", ONE + " --to out");
        calls.put("push", ONE + " output");
        calls.put("cache list", "");
        calls.put("cache prune", "");
        calls.put("cache verify", "");
        calls.put("list", "");
        calls.put("show", "wine/cultivar");
        calls.put("diff", ONE + " " + TWO);
        calls.put("history", "wine/cultivar");
        calls.put("deploy", "dev --dry-run");
        calls.put("policy test", "");
        calls.put("policy impact", "");
        calls.put("policy explain", "wine/cultivar --stage dev");
        calls.put("policy lint", "");
        calls.put("evidence show", ONE);
        calls.put("evidence import", "fairlearn report.json --id x --dataset d --into output");
        calls.put("card new", ONE + " output");
        calls.put("card check", "output/card.md");
        calls.put("sign", ONE + " --key " + KEY + " --to v.sig");
        calls.put("signature verify", "signed --key " + KEY.replace(".pem", ".pub.pem"));
        calls.put("signature add", ONE + " v.sig");
        calls.put("audit bytes", "");
        calls.put("gc", "--dry-run");
        calls.put("watch", "--once");
        calls.put("doctor", "");
        return calls;
    }

    private static Set<String> verbs(CommandLine line, String before) {
        Set<String> verbs = new TreeSet<>();
        line.getSubcommands().forEach((name, each) -> {
            String whole = (before + " " + name).strip();
            if (each.getCommandSpec().findOption("--output") != null) {
                verbs.add(whole);
            }
            verbs.addAll(verbs(each, whole));
        });
        return verbs;
    }

    private int call(String verb, String rest, String format) {
        Stream<String> registry =
                WITHOUT_REGISTRY.contains(verb) ? Stream.of() : Stream.of("-r", "registry.git", "--as", "ann");
        return run(Stream.of(
                        Arrays.stream(verb.split(" ")),
                        Arrays.stream(rest.split(" ")).filter(word -> !word.isEmpty()),
                        registry,
                        Stream.of("-o", format))
                .flatMap(each -> each)
                .toArray(String[]::new));
    }

    @Test
    void isKeptByEveryVerbOrRefused() {
        assertThat(calls().keySet()).as("every verb has a line here").containsAll(verbs(Main.commandLine(), ""));
        Set<String> refusing = new HashSet<>();
        calls().forEach((verb, rest) -> {
            List<String> formats = WITH_VERDICT.contains(verb) ? List.of("json") : List.of("json", "sarif");
            for (String format : formats) {
                int code = call(verb, rest, format);
                String what = verb + " -o " + format + " ended with " + code + ": " + shown;
                if (shown.contains("does not write " + format + ".")) {
                    assertThat(code).as(what).isEqualTo(ExitCode.USAGE.number());
                    assertThat(data).as(what).isEmpty();
                    if (format.equals("json")) {
                        refusing.add(verb);
                        call(verb, rest, "text");
                    }
                } else {
                    assertThat(new ObjectMapper().readTree(data).isObject()
                                    || new ObjectMapper().readTree(data).isArray())
                            .as(what)
                            .isTrue();
                }
            }
        });
        assertThat(refusing).containsOnly("card new", "card check", "evidence import", "sign", "watch");
    }

    @Test
    void ofAVerdictIsAnyThatThereIs() {
        succeeds("register", TWO, "output", "-r", "registry.git");
        for (OutputFormat format : OutputFormat.values()) {
            succeeds("verify", "3", "-r", "registry.git", "-o", format.toString());
            assertThat(data).as(format.toString()).isNotBlank();
        }
        succeeds("merge", "3", "-r", "registry.git", "-o", "junit");
        assertThat(data).startsWith("<?xml").contains("<testsuite");
    }

    @Test
    void isRefusedBeforeAnythingIsDone() {
        fails(ExitCode.USAGE, "pull", ONE, "--to", "out", "-r", "registry.git", "-o", "sarif");
        assertThat(shown).contains("This command does not write sarif.", "Choose text, json or yaml.");
        assertThat(folder.resolve("out")).doesNotExist();
        fails(ExitCode.USAGE, "init", "third.git", "-o", "junit");
        assertThat(folder.resolve("third.git")).doesNotExist();
        fails(ExitCode.USAGE, "watch", "--once", "-r", "registry.git", "-o", "yaml");
        assertThat(shown).contains("It answers in sentences: leave out --output, and go by its exit code.");
        fails(ExitCode.USAGE, "verify", "files", "-o", "json");
        assertThat(shown).contains("This command does not write json.", "It answers in sentences");
    }

    @Test
    void writesWhatTheSchemasSay() {
        for (OutputFormat format : new OutputFormat[] {OutputFormat.JSON, OutputFormat.YAML}) {
            String word = format.toString();
            succeeds("init", word + ".git", "--identity", "declared", "-o", word);
            isDescribedBy("init");
            succeeds("pull", ONE, "--to", word, "-r", "registry.git", "-o", word);
            isDescribedBy("pull");
            succeeds("pull", ONE, "--to", word, "--verify-only", "-r", "registry.git", "-o", word);
            isDescribedBy("pull-verification");
            succeeds("pull", ONE, "--verify-only", "-r", "registry.git", "-o", word);
            isDescribedBy("pull-verification");
            succeeds("push", ONE, "output", "-r", "registry.git", "-o", word);
            isDescribedBy("push");
            succeeds("promote", ONE, "--to", "dev", "-r", "registry.git", "-o", word);
            isDescribedBy("nothing-to-do");
            succeeds("promote", ONE, "--to", "dev", "--dry-run", "-r", "registry.git", "-o", word);
            isDescribedBy("nothing-to-do");
            fails(ExitCode.PENDING, "propose", "files", "-t", "Readme", "-r", "registry.git", "-o", word);
            isDescribedBy("report");
            String number = shown.replaceAll("(?s).*proposal (\\d+) is open.*", "$1");
            succeeds("review", number, "--comment", "-m", "Well.", "-r", "registry.git", "--as", "ben", "-o", word);
            isDescribedBy("report");
            succeeds("review", number, "--close", "-r", "registry.git", "-o", word);
            isDescribedBy("closed");
        }
    }
}
