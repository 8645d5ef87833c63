package io.modelgate.manifest;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which settings a type of deployment target knows, which it needs, and what they look like. */
final class TargetSettings {
    private static final Pattern ANY = Pattern.compile("[^\\p{Cntrl}]+");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");
    private static final Pattern KUBERNETES_NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,252}");
    private static final Pattern WEB = Pattern.compile("https?://[^\\s\\p{Cntrl}]+");
    private static final Pattern URI = Pattern.compile("[a-z][a-z0-9+.-]*://[^\\s\\p{Cntrl}]+");

    private record Setting(Pattern form, String words, boolean needed) {
        Setting(Pattern form, String words) {
            this(form, words, false);
        }
    }

    private static final Setting HEALTH =
            new Setting(WEB, "an address such as https://scoring.example/v2/health/ready");
    private static final Setting SECONDS =
            new Setting(Pattern.compile("[0-9]{1,5}"), "a number of seconds, at most 99999");

    private static final Map<DeploymentTarget.Type, Map<String, Setting>> KNOWN = Map.of(
            DeploymentTarget.Type.FILE,
            Map.of(
                    "folder",
                    new Setting(ANY, "a folder such as /srv/scoring", true),
                    "files",
                    new Setting(Pattern.compile("all|none"), "all or none"),
                    "health",
                    HEALTH,
                    "healthSeconds",
                    SECONDS),
            DeploymentTarget.Type.KSERVE,
            Map.ofEntries(
                    Map.entry("namespace", new Setting(KUBERNETES_NAME, "a Kubernetes namespace", true)),
                    Map.entry(
                            "storageUri",
                            new Setting(URI, "an address such as s3://models/{namespace}/{name}/{version}", true)),
                    Map.entry("format", new Setting(WORD, "a model format of KServe such as onnx")),
                    Map.entry("runtime", new Setting(WORD, "the name of a serving runtime")),
                    Map.entry("protocolVersion", new Setting(Pattern.compile("v1|v2|grpc-v2"), "v1, v2 or grpc-v2")),
                    Map.entry("minReplicas", new Setting(NUMBER, "a whole number")),
                    Map.entry("maxReplicas", new Setting(NUMBER, "a whole number")),
                    Map.entry("serviceAccount", new Setting(WORD, "the name of a service account")),
                    Map.entry("apply", new Setting(Pattern.compile("kubectl|none"), "kubectl or none")),
                    Map.entry("context", new Setting(WORD, "a context of kubectl's configuration")),
                    Map.entry("health", HEALTH),
                    Map.entry("healthSeconds", SECONDS)),
            DeploymentTarget.Type.JOB,
            Map.of("job", new Setting(ANY, "the full name of a Jenkins job", true)));

    private TargetSettings() {}

    /** Notes what is wrong with the settings of a target of this type. */
    static void check(Fields fields, DeploymentTarget.Type type, Map<String, String> settings) {
        Map<String, Setting> known = KNOWN.getOrDefault(type, Map.of());
        List<String> names = List.copyOf(new TreeSet<>(known.keySet()));
        settings.forEach((key, value) -> {
            Setting setting = known.get(key);
            if (setting == null) {
                fields.refuse(
                        "settings",
                        "settings." + key + " is nothing that the type " + Words.of(type) + " knows"
                                + Suggestion.nearest(key, names)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse(""),
                        "Known are: " + String.join(", ", names) + ".");
            } else if (!setting.form().matcher(value).matches()) {
                fields.refuse("settings", "settings." + key + " is '" + value + "'", "Write " + setting.words() + ".");
            }
        });
        names.stream()
                .filter(name -> known.getOrDefault(name, HEALTH).needed() && !settings.containsKey(name))
                .forEach(name -> fields.refuse(
                        "settings",
                        "settings." + name + " is missing, and the type " + Words.of(type) + " needs it",
                        "Add it: " + known.getOrDefault(name, HEALTH).words() + "."));
    }
}
