package io.modelgate.git;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Walks a commit and its first parents. */
final class FirstParents implements Iterator<CommitFacts> {
    private final RegistryRepository repository;
    private Optional<CommitId> next;

    FirstParents(RegistryRepository repository, CommitId tip) {
        this.repository = repository;
        this.next = Optional.of(tip);
    }

    @Override
    public boolean hasNext() {
        return next.isPresent();
    }

    @Override
    public CommitFacts next() {
        CommitFacts facts = repository.facts(next.orElseThrow(NoSuchElementException::new));
        next = facts.parents().stream().findFirst();
        return facts;
    }
}
