package io.modelgate.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The table of verbs. Only the one that was typed is built: reading the annotations of all would cost its start-up. */
final class Verbs {
    private static final Map<String, Supplier<Object>> BY_NAME = new LinkedHashMap<>();
    private static final Set<String> GROUPS = Set.of("policy", "evidence", "card", "cache", "audit", "signature");

    static {
        BY_NAME.put("init", InitVerb::new);
        BY_NAME.put("register", RegisterVerb::new);
        BY_NAME.put("promote", PromoteVerb::new);
        BY_NAME.put("rollback", RollbackVerb::new);
        BY_NAME.put("propose", ProposeVerb::new);
        BY_NAME.put("verify", VerifyVerb::new);
        BY_NAME.put("review", ReviewVerb::new);
        BY_NAME.put("merge", MergeVerb::new);
        BY_NAME.put("proposals", ProposalsVerb::new);
        BY_NAME.put("resolve", ResolveVerb::new);
        BY_NAME.put("pull", PullVerb::new);
        BY_NAME.put("push", PushVerb::new);
        BY_NAME.put("cache", CacheGroup::new);
        BY_NAME.put("list", ListVerb::new);
        BY_NAME.put("show", ShowVerb::new);
        BY_NAME.put("diff", DiffVerb::new);
        BY_NAME.put("history", HistoryVerb::new);
        BY_NAME.put("deploy", DeployVerb::new);
        BY_NAME.put("policy", PolicyGroup::new);
        BY_NAME.put("evidence", EvidenceGroup::new);
        BY_NAME.put("card", CardGroup::new);
        BY_NAME.put("sign", SignVerb::new);
        BY_NAME.put("signature", SignatureGroup::new);
        BY_NAME.put("audit", AuditGroup::new);
        BY_NAME.put("gc", GcVerb::new);
        BY_NAME.put("watch", WatchVerb::new);
        BY_NAME.put("doctor", DoctorVerb::new);
        BY_NAME.put("demo", DemoVerb::new);
    }

    private Verbs() {}

    static boolean isVerb(String word) {
        return BY_NAME.containsKey(word);
    }

    /** Whether this is a word that another word follows: {@code policy test}. */
    static boolean isGroup(String word) {
        return GROUPS.contains(word);
    }

    /** Whether this is a command that picocli runs by itself. */
    static boolean runsItself(String word) {
        return word.equals("host") || word.equals("completion");
    }

    /** The command line of one verb alone. */
    static CommandLine commandLine(String name) {
        Supplier<Object> verb = BY_NAME.get(name);
        if (verb == null) {
            throw new IllegalArgumentException("no verb " + name);
        }
        CommandLine line = new CommandLine(verb.get());
        line.setCommandName("modelgate " + name);
        return configured(line);
    }

    /** All verbs, for help, suggestions, completion and the reference. */
    static CommandLine tree() {
        CommandLine root = new CommandLine(new Root());
        BY_NAME.forEach((name, verb) -> root.addSubcommand(name, new CommandLine(verb.get())));
        root.addSubcommand(new HostCommand());
        root.addSubcommand(new CompletionCommand());
        return configured(root);
    }

    private static CommandLine configured(CommandLine line) {
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpLongOptionsMaxWidth(32);
        line.setUsageHelpWidth(100);
        return line;
    }

    @Command(
            name = "modelgate",
            description = "A model registry that lives in Git.",
            footer = {"", "'modelgate <command> --help' tells more. 'modelgate demo' shows the whole life of a model."},
            mixinStandardHelpOptions = true,
            versionProvider = VersionProvider.class)
    private static final class Root {}
}
