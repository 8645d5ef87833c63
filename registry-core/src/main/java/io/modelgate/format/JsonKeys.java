package io.modelgate.format;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The keys near the root of a JSON document, such as {@code /learner/objective}. */
final class JsonKeys {
    private static final int MOST = 10_000;

    private final Set<String> paths = new HashSet<>();
    private final int depth;
    private @Nullable DamagedException damage;

    private JsonKeys(int depth) {
        this.depth = depth;
    }

    /** Sees what the document consists of, one after the other. */
    interface Watch {
        void see(JsonToken token, JsonParser json);
    }

    /** Reads a whole document, and keeps keys down to this depth. Of a damaged one, those before the damage. */
    static JsonKeys of(Bytes bytes, int depth) {
        return of(bytes, depth, (token, json) -> {});
    }

    /** Reads a whole document before the eyes of somebody else. */
    static JsonKeys of(Bytes bytes, int depth, Watch watch) {
        JsonKeys keys = new JsonKeys(depth);
        try {
            Json.read(bytes, json -> keys.read(json, watch));
        } catch (DamagedException e) {
            keys.damage = e;
        }
        return keys;
    }

    boolean has(String path) {
        return paths.contains(path);
    }

    /** Whether it was not read to its end though others would. */
    boolean isUnread() {
        return damage != null && damage.isUnread();
    }

    void check() throws DamagedException {
        if (damage != null) {
            throw damage;
        }
    }

    private void read(JsonParser json, Watch watch) throws DamagedException {
        int level = 0;
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            watch.see(token, json);
            switch (token) {
                case START_OBJECT, START_ARRAY -> level++;
                case END_OBJECT, END_ARRAY -> level--;
                case PROPERTY_NAME -> {
                    if (level <= depth && paths.size() < MOST) {
                        paths.add(json.streamReadContext().pathAsPointer().toString());
                    }
                }
                default -> {}
            }
        }
    }
}
