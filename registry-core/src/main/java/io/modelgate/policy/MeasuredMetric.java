package io.modelgate.policy;

import io.modelgate.evidence.Evaluation;
import io.modelgate.evidence.Metric;
import io.modelgate.manifest.Dataset;
import io.modelgate.manifest.Digest;
import java.util.Optional;

/** A metric and the evaluation that has it. */
record MeasuredMetric(Evaluation evaluation, Metric metric) {
    Dataset dataset() {
        return evaluation.measurement().dataset();
    }

    boolean isOfSameSlice(MeasuredMetric other) {
        return metric.slice().equals(other.metric().slice());
    }

    /** By digest where both say it; otherwise the name is all there is. */
    boolean isOnSameData(MeasuredMetric other) {
        Optional<Digest> mine = dataset().digest();
        Optional<Digest> theirs = other.dataset().digest();
        return (mine.isPresent() && theirs.isPresent())
                ? mine.equals(theirs)
                : dataset().name().equals(other.dataset().name());
    }
}
