package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import io.modelgate.finding.RegistryException.Kind;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.VersionId;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A store and other places with the same bytes. What a mirror gives is verified as what the store gives; whether the store is
 * right is asked of the store alone, so that a mirror never changes what is judged.
 *
 * <p>The store is asked first, then its mirrors in their order. A place that cannot be reached is asked last from then on: each
 * file would wait for it again.
 */
final class MirroredStore implements ArtifactStore {
    private final ArtifactStore store;
    private final List<Mirror> mirrors;
    private final Set<ArtifactStore> unreachable = ConcurrentHashMap.newKeySet();
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    /**
     * Another place.
     *
     * @param address where it is, for messages; without a secret
     * @param store what gives its bytes
     */
    record Mirror(String address, ArtifactStore store) {}

    MirroredStore(ArtifactStore store, List<Mirror> mirrors) {
        this.store = store;
        this.mirrors = List.copyOf(mirrors);
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public void put(FileDigest file, Path source, Progress progress) {
        store.put(file, source, progress);
    }

    /**
     * Where all fail, what the store itself said is told, of each mirror in a few words why it did not help, and what to do about
     * each that could not be asked.
     */
    @Override
    public void get(FileDigest file, Path target, Progress progress) {
        List<RegistryException> failures = new ArrayList<>();
        StringBuilder others = new StringBuilder();
        String own = "";
        for (Mirror place : inOrder()) {
            FileProgress attempt = new FileProgress(progress);
            try {
                place.store().get(file, target, attempt);
                if (place.store() != store) {
                    warn(file, place, own, progress);
                }
                return;
            } catch (RegistryException e) {
                attempt.takeBack();
                if (DiskTrouble.isAt(target, e)) {
                    throw e;
                }
                if (e.kind() == Kind.ENVIRONMENT) {
                    unreachable.add(place.store());
                }
                if (place.store() == store) {
                    failures.add(0, e);
                    own = String.valueOf(e.getMessage());
                } else {
                    failures.add(e);
                    others.append(" The mirror ").append(place.address()).append(why(e));
                }
            }
        }
        throw together(failures, others.toString());
    }

    /** The store first, unless it could not be reached. */
    private List<Mirror> inOrder() {
        List<Mirror> places = new ArrayList<>();
        places.add(new Mirror("", store));
        places.addAll(mirrors);
        List<Mirror> order = new ArrayList<>(places);
        order.removeIf(place -> unreachable.contains(place.store()));
        places.removeAll(order);
        order.addAll(places);
        return order;
    }

    /** Once for each mirror and reason; the store's own words are empty when it was not asked again. */
    private void warn(FileDigest file, Mirror mirror, String own, Progress progress) {
        if (!own.isEmpty()
                && said.add(mirror.address() + "\n"
                        + own.replace(file.path(), "").replace(file.digest().toString(), ""))) {
            progress.warned(file.path() + " comes from the mirror " + mirror.address() + ": " + own);
        }
    }

    private static String why(RegistryException e) {
        return switch (e.kind()) {
            case NOT_FOUND -> " does not have it either.";
            case INTEGRITY -> " has other bytes.";
            default -> " cannot give it: " + e.getMessage();
        };
    }

    private static RegistryException together(List<RegistryException> failures, String others) {
        RegistryException first = failures.get(0);
        failures.stream().skip(1).forEach(first::addSuppressed);
        String remedies = failures.stream()
                .filter(failure -> failure == first || failure.kind() == Kind.ENVIRONMENT)
                .map(RegistryException::remedy)
                .filter(remedy -> !remedy.isEmpty())
                .distinct()
                .collect(Collectors.joining(" "));
        return new RegistryException(first.kind(), first.getMessage() + others, remedies, first);
    }

    @Override
    public Verification verify(FileDigest file, Progress progress) {
        return store.verify(file, progress);
    }

    @Override
    public Verification verifyToOpen(FileDigest file) {
        return store.verifyToOpen(file);
    }

    /** From the store alone, whose bytes are the ones that were verified. */
    @Override
    public SeekableByteChannel open(FileDigest file) {
        return store.open(file);
    }

    @Override
    public ArtifactStore of(ModelName model) {
        return new MirroredStore(
                store.of(model),
                mirrors.stream()
                        .map(mirror ->
                                new Mirror(mirror.address(), mirror.store().of(model)))
                        .toList());
    }

    @Override
    public void complete(VersionId version, List<FileDigest> files) {
        store.complete(version, files);
    }

    @Override
    public void attach(VersionId version, List<FileDigest> files, Attachment attachment) {
        store.attach(version, files, attachment);
    }

    @Override
    public boolean list(Consumer<StoredObject> each) {
        return store.list(each);
    }

    @Override
    public Optional<String> removedByHand() {
        return store.removedByHand();
    }

    @Override
    public boolean remove(StoredObject seen) {
        return store.remove(seen);
    }

    @Override
    public Optional<ArtifactStore> here() {
        return store.here();
    }

    @Override
    public boolean isHere() {
        return store.isHere()
                && mirrors.stream().allMatch(mirror -> mirror.store().isHere());
    }

    @Override
    public int atOnce() {
        return store.atOnce();
    }
}
