package io.modelgate.host;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Branches and tags belong to whoever pushes them, unless their name could be taken for something else. */
final class FreeRefRule implements RefRule {
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z0-9_+@][A-Za-z0-9._+@-]*(?:/[A-Za-z0-9_+@][A-Za-z0-9._+@-]*)*");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}", Pattern.CASE_INSENSITIVE);
    private static final List<String> NAMESPACES =
            List.of("refs", "heads", "tags", "remotes", "notes", "replace", "modelgate", "for");
    private static final Pattern SPECIAL = Pattern.compile("(?:[A-Z]+_)?HEAD|stash", Pattern.CASE_INSENSITIVE);

    @Override
    public void judge(PushedRef pushed, Push push) {
        String name = pushed.ref().substring(pushed.ref().indexOf('/', "refs/".length()) + 1);
        String target = push.branch().substring(LocalRefs.HEADS.length());
        String first = name.substring(0, name.indexOf('/') < 0 ? name.length() : name.indexOf('/'));
        if (!PLAIN.matcher(name).matches()) {
            refuse(pushed, push, "has characters beyond letters, digits and . _ + @ - /");
        } else if (COMMIT.matcher(name).matches()) {
            refuse(pushed, push, "looks like the id of a commit");
        } else if (name.equalsIgnoreCase(target)) {
            refuse(pushed, push, "can be taken for the target branch");
        } else if (NAMESPACES.contains(first.toLowerCase(Locale.ROOT))
                || SPECIAL.matcher(first).matches()) {
            refuse(pushed, push, "can be taken for one of Git's own");
        } else if (push.repository().isSymbolic(pushed.ref())) {
            refuse(pushed, push, "is another name for a ref of this repository");
        } else if (pushed.ref().startsWith(LocalRefs.HEADS)
                && pushed.after().filter(id -> !push.repository().has(id)).isPresent()) {
            push.refuse(pushed, "branch", "It is not a commit.", "A branch points to a commit.");
        }
    }

    private static void refuse(PushedRef pushed, Push push, String why) {
        push.refuse(pushed, "name", "Its name " + why + ".", "Choose another name.");
    }
}
