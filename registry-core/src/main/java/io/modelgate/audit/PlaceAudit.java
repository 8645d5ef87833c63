package io.modelgate.audit;

import io.modelgate.audit.BytesReport.PlaceReport;
import io.modelgate.audit.BytesReport.State;
import io.modelgate.audit.BytesReport.Unreferenced;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.DigestIndex;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.VersionId;
import io.modelgate.store.ArtifactStore;
import io.modelgate.store.FileDigest;
import io.modelgate.store.Inspection;
import io.modelgate.store.Progress;
import io.modelgate.store.Stores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads files in one place, some hundred at a time, and counts how they are. */
final class PlaceAudit {
    private static final int BATCH = 512;

    private final Stores.Place place;
    private final FileTable files;
    private final Progress progress;
    private final Listing listing;
    private final Tally tally = new Tally();
    private final Map<ArtifactStore, Part> parts = new LinkedHashMap<>();

    /** @param files all files that are to be read in the place */
    PlaceAudit(Stores.Place place, FileTable files, Progress progress) {
        this.place = place;
        this.files = files;
        this.progress = progress;
        this.listing = new Listing(place.bytes());
    }

    /** A file that waits to be read, and the version that it is of. */
    private record Waiting(FileDigest file, VersionId version) {}

    /** What is to be read in the part for some model, or for all. */
    private final class Part {
        private final Inspection inspection;
        private final List<Waiting> waiting = new ArrayList<>();

        /** Of a part for one model; of what is for all, whoever asks knows. */
        private final Optional<DigestIndex> seen;

        Part(ArtifactStore store) {
            this.inspection = new Inspection(store, progress);
            this.seen = store == place.bytes() ? Optional.empty() : Optional.of(new DigestIndex());
        }

        void add(VersionId version, FileDigest file, boolean isNew) {
            boolean wanted = isNew;
            if (seen.isPresent()) {
                wanted = !seen.get().contains(file.digest());
                seen.get().add(file.digest());
            }
            if (wanted) {
                waiting.add(new Waiting(file, version));
                if (waiting.size() == BATCH) {
                    read();
                }
            }
        }

        void read() {
            List<Inspection.Inspected> found =
                    inspection.of(waiting.stream().map(Waiting::file).toList());
            for (int i = 0; i < found.size(); i++) {
                take(waiting.get(i), found.get(i));
            }
            waiting.clear();
        }
    }

    /**
     * Sees to it that a file of a version is read, at the latest when the place is {@link #end}ed.
     *
     * @param isNew whether no version before had it
     */
    void add(VersionId version, FileDigest file, boolean isNew) {
        parts.computeIfAbsent(listing.part(version.model()), Part::new).add(version, file, isNew);
    }

    /** All files of a model were added; where it has a part for itself, nothing more comes there. */
    void endOf(ModelName model) {
        ArtifactStore part = listing.part(model);
        if (part != place.bytes() && parts.containsKey(part)) {
            parts.remove(part).read();
        }
    }

    private void take(Waiting waiting, Inspection.Inspected found) {
        Optional<State> state = state(found);
        if (state.isEmpty()) {
            tally.right(waiting.file());
        } else {
            tally.wrong(
                    waiting.file(),
                    state.get(),
                    waiting.version(),
                    files.versions(waiting.file()) - 1,
                    found.trouble().map(Obstacle::of));
        }
    }

    private static Optional<State> state(Inspection.Inspected found) {
        return found.state().isEmpty()
                ? Optional.of(State.UNREACHABLE)
                : switch (found.state().get()) {
                    case OK -> Optional.empty();
                    case MISSING -> Optional.of(State.MISSING);
                    case WRONG_SIZE -> Optional.of(State.WRONG_SIZE);
                    case WRONG_DIGEST -> Optional.of(State.CHANGED);
                };
    }

    /**
     * How the place is.
     *
     * @param models whose parts of the place are listed; nothing is when empty
     * @param isReferenced whether a merged version has an object
     */
    PlaceReport end(List<ModelName> models, Predicate<Digest> isReferenced) {
        parts.values().forEach(Part::read);
        parts.clear();
        Rest rest = new Rest();
        Optional<Obstacle> unlisted = rest.list(models, isReferenced);
        return new PlaceReport(
                place.store(),
                place.address(),
                place.isMirror(),
                tally.counts(),
                tally.problems(),
                rest.told(),
                unlisted);
    }

    /** What the place has beside what is referred to. */
    private final class Rest {
        private final DigestIndex others = new DigestIndex();
        private long bytes;
        private boolean isTold;

        /** Why it cannot be told; a place that knows no lists has no reason to give. */
        Optional<Obstacle> list(List<ModelName> models, Predicate<Digest> isReferenced) {
            if (models.isEmpty()) {
                return Optional.empty();
            }
            try {
                isTold = listing.list(models, Listing.objects(object -> {
                    if (!isReferenced.test(object.digest()) && !others.contains(object.digest())) {
                        others.add(object.digest());
                        bytes += object.size();
                    }
                }));
                return Optional.empty();
            } catch (RegistryException e) {
                return Optional.of(Obstacle.of(e));
            }
        }

        Optional<Unreferenced> told() {
            return isTold ? Optional.of(new Unreferenced(others.size(), bytes)) : Optional.empty();
        }
    }
}
