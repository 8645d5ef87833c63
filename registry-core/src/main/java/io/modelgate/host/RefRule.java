package io.modelgate.host;

/** What may happen to the refs of one kind. What may not is refused on the push. */
interface RefRule {
    void judge(PushedRef pushed, Push push);
}
