package io.modelgate.format;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The keys near the root of a JSON document, such as {@code /learner/objective}. */
final class JsonKeys {
    private static final int MOST = 10_000;

    private final Set<String> paths = new HashSet<>();
    private final int depth;
    private String damage = "";

    private JsonKeys(int depth) {
        this.depth = depth;
    }

    /** Reads a whole document, and keeps keys down to this depth. Of a damaged one, those before the damage. */
    static JsonKeys of(Bytes bytes, int depth) {
        JsonKeys keys = new JsonKeys(depth);
        try {
            Json.read(bytes, json -> keys.read(json));
        } catch (DamagedException e) {
            keys.damage = e.sentence();
        }
        return keys;
    }

    boolean has(String path) {
        return paths.contains(path);
    }

    void check() throws DamagedException {
        if (!damage.isEmpty()) {
            throw new DamagedException(damage);
        }
    }

    private void read(JsonParser json) throws DamagedException {
        int level = 0;
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
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
