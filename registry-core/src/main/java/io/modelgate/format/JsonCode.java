package io.modelgate.format;

import io.modelgate.finding.Text;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What in a JSON document makes the library that reads it run code: layers of Keras, objects of jsonpickle, classes in the
 * repository of a Hugging Face model, cells of a notebook, pickles in Base64.
 */
final class JsonCode {
    private static final int LONGEST = 200;

    /** Of so many texts that begin like pickles one is. */
    private static final int MOST_TRIES = 10_000;

    /** What Keras asks of an object; what has no class and no configuration is plain data to it. */
    private static final Set<String> OF_KERAS = Set.of("class_name", "registered_name", "module", "config");

    /** Keys with which jsonpickle imports and calls; its others hold plain data. */
    private static final Set<String> OF_JSONPICKLE = Set.of(
            "py/object",
            "py/type",
            "py/function",
            "py/method",
            "py/reduce",
            "py/newobj",
            "py/newargs",
            "py/newargsex",
            "py/initargs",
            "py/factory",
            "py/repr");

    /** How Base64 of a pickle begins that says its protocol. */
    private static final Pattern PICKLE = Pattern.compile("gA[I-X][\\w+/\\-=\\s]{2,}");

    /** An object or a list that is open; what is in a list bears the name of the list. */
    private record Open(String name, boolean ofRepository, Map<String, String> described) {}

    private final Sample sample;
    private final Notes notes;
    private final Deque<Open> open = new ArrayDeque<>();
    private boolean notebook;
    private boolean cells;
    private int tries;

    JsonCode(Sample sample, Notes notes) {
        this.sample = sample;
        this.notes = notes;
        this.notebook = sample.named(".ipynb");
    }

    /** Sees the next token of the document. */
    void see(JsonToken token, JsonParser json) {
        switch (token) {
            case START_OBJECT, START_ARRAY -> open(json);
            case END_OBJECT, END_ARRAY -> close(open.pop());
            case PROPERTY_NAME -> property(json.currentName());
            case VALUE_STRING -> text(json);
            default -> {}
        }
    }

    /** Says what is known only when the document has ended. */
    void tell() {
        if (notebook && cells) {
            notes.runsCode();
            notes.calls("the cells of a notebook");
        }
    }

    private void open(JsonParser json) {
        String name = json.currentName();
        boolean ofRepository =
                "auto_map".equals(name) || (!open.isEmpty() && open.peek().ofRepository());
        if (name == null) {
            name = open.isEmpty() ? "" : open.peek().name();
        } else if (OF_JSONPICKLE.contains(name)) {
            notes.calls(name);
        }
        open.push(new Open(name, ofRepository, new HashMap<>(4)));
    }

    private void close(Open object) {
        Map<String, String> described = object.described();
        if (described.containsKey("class_name") && described.containsKey("config")) {
            KerasConfig.judge(described, notes);
        }
    }

    private void property(String name) {
        if (OF_JSONPICKLE.contains(name)) {
            notes.runsCode();
        } else if (name.equals("config")) {
            open.peek().described().put(name, "");
        } else if (name.equals("nbformat") && open.size() == 1) {
            notebook = true;
        }
    }

    private void text(JsonParser json) {
        String key = json.currentName();
        String value = json.getString();
        if (key != null && OF_KERAS.contains(key)) {
            open.peek().described().put(key, Text.excerpt(value, LONGEST));
        } else if (key != null && OF_JSONPICKLE.contains(key)) {
            notes.calls(value);
        } else if ("cell_type".equals(key) && value.equals("code")) {
            cells |= open.peek().name().equals("cells");
        }
        if (!open.isEmpty() && open.peek().ofRepository() && value.indexOf('.') > 0) {
            notes.runsCode();
            notes.calls(value);
        }
        if (tries <= MOST_TRIES
                && value.startsWith("gA")
                && PICKLE.matcher(value).matches()) {
            pickle(value);
        }
    }

    /** Whoever writes a pickle as text wants it loaded. That it is one is certain when it ends, or calls something. */
    private void pickle(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(text.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            return;
        }
        Notes inner = new Notes();
        boolean ends = true;
        try {
            new PickleFile().read(sample.inside(new MemoryBytes(bytes), ""), inner);
        } catch (DamagedException e) {
            ends = false;
        }
        tries++;
        if (ends || inner.examined().calls().isPresent() || tries > MOST_TRIES) {
            tries = MOST_TRIES + 1;
            notes.runsCode();
            notes.calls("a pickle in Base64");
            notes.include(inner, "");
        }
    }
}
