package io.modelgate.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What came out of checking something: a value, findings, or both. There is no value exactly when a finding blocks.
 *
 * @param value the checked value; empty when a finding blocks
 * @param findings everything found, sorted
 */
public record Checked<T>(Optional<T> value, List<Finding> findings) {
    public Checked {
        findings = findings.stream().sorted().toList();
        boolean blocked = findings.stream().anyMatch(Finding::blocks);
        if (blocked == value.isPresent()) {
            throw new IllegalArgumentException(
                    blocked ? "a value with blocking findings" : "no value and nothing that says why");
        }
    }

    /** A value and nothing to say about it. */
    public static <T> Checked<T> of(T value) {
        return new Checked<>(Optional.of(value), List.of());
    }

    /** A value with findings; the value is dropped when one of them blocks. */
    public static <T> Checked<T> of(T value, List<Finding> findings) {
        boolean blocked = findings.stream().anyMatch(Finding::blocks);
        return new Checked<>(blocked ? Optional.empty() : Optional.of(value), findings);
    }

    /** No value, for these reasons; at least one must block. */
    public static <T> Checked<T> refused(List<Finding> findings) {
        return new Checked<>(Optional.empty(), findings);
    }

    /** No value, for this reason. */
    public static <T> Checked<T> refused(Finding finding) {
        return refused(List.of(finding));
    }

    /** Whether there is a value. */
    public boolean ok() {
        return value.isPresent();
    }

    /** The value; throws {@link IllegalStateException} naming the first finding when there is none. */
    public T get() {
        return value.orElseThrow(() -> new IllegalStateException(findings.get(0).toString()));
    }

    /** Goes on with the value, if there is one, and keeps all findings. */
    public <R> Checked<R> then(Function<T, Checked<R>> next) {
        if (value.isEmpty()) {
            return new Checked<>(Optional.empty(), findings);
        }
        Checked<R> result = next.apply(value.get());
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(result.findings());
        return new Checked<>(result.value(), all);
    }
}
