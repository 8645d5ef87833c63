package io.modelgate.cli;

import io.modelgate.store.Progress;

/** What is left of progress where nobody watches: notes and warnings. */
record Warnings(Terminal terminal) implements Progress {
    @Override
    public void warned(String sentence) {
        terminal.say("warn: " + sentence);
    }

    @Override
    public void note(String sentence) {
        terminal.say("note: " + sentence);
    }
}
