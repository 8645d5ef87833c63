package io.modelgate.watch;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether a webhook comes from somebody who has the secret: by an HMAC-SHA256 of its body (Gitea, Forgejo, GitHub, Bitbucket) or
 * by the secret itself (GitLab). Compared in constant time. A hook that is sent again only makes the watcher look once more.
 */
public final class HookSignature {
    private static final List<String> SIGNATURES =
            List.of("X-Gitea-Signature", "X-Forgejo-Signature", "X-Hub-Signature-256", "X-Hub-Signature");
    private static final String TOKEN = "X-Gitlab-Token";
    private static final String PREFIX = "sha256=";
    private static final int SHORTEST = 16;

    private final byte[] secret;

    /** @param secret at least 16 bytes; {@link IllegalArgumentException} when it is shorter */
    public HookSignature(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        if (this.secret.length < SHORTEST) {
            throw new IllegalArgumentException("a webhook's secret has at least " + SHORTEST + " characters");
        }
    }

    /**
     * Checks one hook.
     *
     * @param header gives the first value of a header
     * @param body the bytes as they came
     */
    public boolean isRight(Function<String, Optional<String>> header, byte[] body) {
        Optional<String> token = header.apply(TOKEN);
        if (token.isPresent()) {
            return MessageDigest.isEqual(token.get().getBytes(StandardCharsets.UTF_8), secret);
        }
        byte[] right = hmac(body);
        return SIGNATURES.stream()
                .flatMap(name -> header.apply(name).stream())
                .flatMap(HookSignature::bytes)
                .anyMatch(given -> MessageDigest.isEqual(given, right));
    }

    private static Stream<byte[]> bytes(String text) {
        String hex = text.strip().toLowerCase(Locale.ROOT);
        hex = hex.startsWith(PREFIX) ? hex.substring(PREFIX.length()) : hex;
        return hex.matches("[0-9a-f]{64}") ? Stream.of(HexFormat.of().parseHex(hex)) : Stream.empty();
    }

    private byte[] hmac(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
