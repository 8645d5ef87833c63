package io.modelgate.signature;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A block of PEM text (RFC 7468): what it says to be, such as {@code PUBLIC KEY}, and its bytes. */
final class Pem {
    private static final Pattern BORDER = Pattern.compile("-----(BEGIN|END) ([A-Z0-9][A-Z0-9 ]{0,40})-----");
    private static final int LINE = 64;

    private final String label;
    private final byte[] der;

    Pem(String label, byte[] der) {
        this.label = label;
        this.der = der.clone();
    }

    String label() {
        return label;
    }

    byte[] der() {
        return der.clone();
    }

    /**
     * The blocks of a text, in order. Text around them is allowed, as OpenSSL writes it; rubbish inside is not. Throws
     * {@link IllegalArgumentException} with a sentence for people.
     */
    static List<Pem> blocks(String text) {
        List<Pem> blocks = new ArrayList<>();
        @Nullable String label = null;
        StringBuilder body = new StringBuilder();
        for (String raw : text.lines().toList()) {
            String line = raw.strip();
            Matcher border = BORDER.matcher(line);
            if (line.startsWith("-----") && !border.matches()) {
                throw new IllegalArgumentException("a line that starts with ----- neither begins nor ends a block");
            }
            boolean begins = border.matches() && "BEGIN".equals(border.group(1));
            if (label == null) {
                if (border.matches() && !begins) {
                    throw new IllegalArgumentException("a block ends that never began");
                }
                label = begins ? border.group(2) : null;
            } else if (border.matches()) {
                if (begins || !label.equals(border.group(2))) {
                    throw new IllegalArgumentException("the block " + label + " does not end");
                }
                blocks.add(new Pem(label, bytes(label, body.toString())));
                body.setLength(0);
                label = null;
            } else {
                body.append(line);
            }
        }
        if (label != null) {
            throw new IllegalArgumentException("the block " + label + " does not end");
        }
        return blocks;
    }

    /** The one block of a text. */
    static Pem single(String text, String label) {
        List<Pem> blocks = blocks(text);
        Optional<String> other = blocks.stream()
                .map(Pem::label)
                .filter(each -> !each.equals(label))
                .findFirst();
        if (other.isPresent()) {
            throw new IllegalArgumentException("it has a block " + other.get() + ", expected is " + label);
        }
        if (blocks.size() != 1) {
            throw new IllegalArgumentException("it has " + blocks.size() + " blocks " + label + ", expected is one");
        }
        return blocks.get(0);
    }

    private static byte[] bytes(String label, String body) {
        try {
            byte[] bytes = Base64.getDecoder().decode(body);
            if (bytes.length > 0 && Base64.getEncoder().encodeToString(bytes).equals(body)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new IllegalArgumentException("the block " + label + " holds more than base64, or less");
    }

    /** The block as everybody writes it: lines of 64 characters, each ended. */
    String text() {
        byte[] end = "\n".getBytes(StandardCharsets.US_ASCII);
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(LINE, end).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    /** Says what it is and nothing of what is in it: it may be a secret. */
    @Override
    public String toString() {
        return label;
    }
}
