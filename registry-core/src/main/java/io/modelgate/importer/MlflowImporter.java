package io.modelgate.importer;

import io.modelgate.evidence.Evaluation;
import io.modelgate.evidence.MetricStatus;
import io.modelgate.finding.Checked;
import io.modelgate.manifest.DatasetRole;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.Tool;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** MLflow: a run as the REST API or {@code mlflow runs describe} give it, or the metrics.json of an evaluation. */
final class MlflowImporter implements ToolImporter {
    /** What MLflow's evaluator calls what others call otherwise. */
    private static final Map<String, String> IDS = Map.of(
            "accuracy_score", "accuracy",
            "precision_score", "precision",
            "recall_score", "recall",
            "f1_score", "f1",
            "precision_recall_auc", "pr_auc",
            "brier_score", "brier");

    /** Autologging says in the name what the data was used for. */
    private static final Map<String, DatasetRole> ROLES = Map.of(
            "training_", DatasetRole.TRAIN,
            "train_", DatasetRole.TRAIN,
            "val_", DatasetRole.VALIDATION,
            "validation_", DatasetRole.VALIDATION,
            "test_", DatasetRole.TEST);

    private static final List<String> OTHERS = List.of("fairlearn", "aif360", "shap", "smclarify");

    /** What MLflow's evaluator writes beside {@code example_count} and the names that end in {@code _score}. */
    private static final Set<String> SCORES = Set.of(
            "log_loss",
            "max_error",
            "mean_absolute_error",
            "mean_absolute_percentage_error",
            "mean_squared_error",
            "precision_recall_auc",
            "root_mean_squared_error");

    private static final List<String> ROWS = List.of("n", "example_count");

    @Override
    public ImportTool tool() {
        return ImportTool.MLFLOW;
    }

    @Override
    public String layout() {
        return "a run with 'data' and 'metrics', or a JSON object of names and numbers";
    }

    @Override
    public boolean recognises(Source source) {
        return source.object()
                .filter(each -> run(each).isPresent() || isMetrics(each))
                .isPresent();
    }

    /** The run of an answer of the REST API, or of the command line. */
    private static Optional<Node.Mapping> run(Node.Mapping root) {
        Node.Mapping run = Trees.mapping(root, "run").orElse(root);
        return Trees.mapping(run, "data").flatMap(each -> each.get("metrics")).map(each -> run);
    }

    /** Names and numbers, and none of the names by which files of other tools are told. */
    private static boolean isMetrics(Node.Mapping root) {
        return !root.entries().isEmpty()
                && root.entries().values().stream().allMatch(MlflowImporter::isNumber)
                && OTHERS.stream().allMatch(each -> root.get(each).isEmpty());
    }

    /** Anybody writes names and numbers, but not the names of MLflow's evaluator. */
    @Override
    public boolean isSure(Source source) {
        Node.Mapping root = source.object().orElseThrow();
        Set<String> names = root.entries().keySet();
        return run(root).isPresent()
                || names.contains("accuracy_score")
                || names.containsAll(MlflowConfusion.NAMES)
                || (names.contains("example_count")
                        && names.stream().anyMatch(each -> each.endsWith("_score") || SCORES.contains(each)));
    }

    private static boolean isNumber(Node node) {
        MetricStatus status = Trees.value(node, MetricStatus.ERROR).status();
        return node instanceof Node.Decimal || status == MetricStatus.UNDEFINED || status == MetricStatus.INFINITE;
    }

    @Override
    public Checked<Imported> read(Source source, ImportContext context) {
        Notes notes = new Notes(source.place());
        Node.Mapping root = source.object().orElseThrow();
        Optional<Node.Mapping> run = run(root);
        EvaluationDraft draft = new EvaluationDraft(context, notes, source.place());
        draft.createdAt(run.flatMap(each -> Trees.mapping(each, "info"))
                .flatMap(each -> Trees.number(each, "end_time"))
                .filter(each -> each > 0 && each < 1e14)
                .map(each -> Instant.ofEpochMilli(each.longValue())));
        Tool tool = draft.tool("mlflow", Optional.empty());
        Map<String, Node> metrics = run.map(each -> metrics(each, notes)).orElse(root.entries());
        Optional<MlflowConfusion> confusion = MlflowConfusion.of(metrics);
        confusion.ifPresent(
                each -> draft.confusion(each.toNode(context.population().favourable())));
        metrics.forEach((name, node) -> {
            if (!ROWS.contains(name) && (confusion.isEmpty() || !MlflowConfusion.NAMES.contains(name))) {
                metric(draft, notes, context.dataset().role(), name, node);
            }
        });
        Optional<Long> rows = ROWS.stream()
                .flatMap(each -> Optional.ofNullable(metrics.get(each)).stream())
                .flatMap(each -> Trees.number(each).stream())
                .filter(each -> each == Math.rint(each))
                .map(Double::longValue)
                .findFirst()
                .or(() -> confusion.map(MlflowConfusion::total));
        List<Evaluation> evaluations = draft.build(tool, rows).stream().toList();
        return notes.result(evaluations);
    }

    private static void metric(EvaluationDraft draft, Notes notes, DatasetRole role, String name, Node node) {
        for (Map.Entry<String, DatasetRole> each : ROLES.entrySet()) {
            if (name.startsWith(each.getKey()) && each.getValue() != role) {
                notes.drop(
                        name, "it was measured on " + each.getValue().word() + " data, the dataset is " + role.word());
                return;
            }
        }
        String bare = ROLES.keySet().stream()
                .filter(name::startsWith)
                .findFirst()
                .map(each -> name.substring(each.length()))
                .orElse(name);
        draft.metric(IDS.getOrDefault(bare, bare), node);
    }

    /** Metrics of a run by name: a mapping, or a list of key, value and step, of which the last step counts. */
    private static Map<String, Node> metrics(Node.Mapping run, Notes notes) {
        Node.Mapping data = Trees.mapping(run, "data").orElseThrow();
        Optional<Node.Mapping> byName = Trees.mapping(data, "metrics");
        if (byName.isPresent()) {
            return byName.get().entries();
        }
        Map<String, Node> metrics = new LinkedHashMap<>();
        Map<String, Double> steps = new LinkedHashMap<>();
        for (Node.Mapping each : Trees.mappings(data, "metrics")) {
            Optional<String> key = Trees.text(each, "key");
            Optional<Node> value = each.get("value");
            double step = Trees.number(each, "step").orElse(0.0);
            if (key.isEmpty() || value.isEmpty()) {
                notes.drop("a metric of the run", "it has no key or no value");
            } else if (step >= steps.getOrDefault(key.get(), Double.NEGATIVE_INFINITY)) {
                if (steps.put(key.get(), step) != null) {
                    notes.drop("earlier steps of " + key.get(), "the last step is taken");
                }
                metrics.put(key.get(), value.get());
            }
        }
        return metrics;
    }
}
