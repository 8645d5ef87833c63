package io.modelgate.manifest;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where bytes are, as {@code registry.yaml} says it. There is never a secret in it: each user has their own.
 *
 * @param url such as {@code file:artifacts}, {@code https://models.acme.example/artifacts}, {@code s3://bucket/prefix} or
 *     {@code oci://registry.acme.example/models}
 * @param endpoint of {@code s3:}, the address of a server that is not Amazon's
 * @param region of {@code s3:}
 * @param pathStyle of {@code s3:}, whether the bucket is a part of the path and not of the host's name
 */
public record StoreLocation(String url, Optional<URI> endpoint, Optional<String> region, Optional<Boolean> pathStyle) {
    private static final Set<String> HTTP = Set.of("http", "https");

    /** An address without anything else. */
    public static StoreLocation of(String url) {
        return new StoreLocation(url, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static StoreLocation of(Fields fields) {
        String url = fields.text("url");
        StoreLocation location = new StoreLocation(
                url,
                fields.optionalParsed("endpoint", StoreLocation::endpoint),
                fields.optionalText("region"),
                fields.has("pathStyle") ? Optional.of(fields.bool("pathStyle", false)) : Optional.empty());
        if (hasSecret(url)) {
            fields.refuse(
                    "url",
                    "The address of a store has a user or a password in it.",
                    "Take it out, and change the password: everybody reads registry.yaml. Each user has their own login.");
        }
        if (!location.scheme().equals("s3")) {
            for (String key : Set.of("endpoint", "region", "pathStyle")) {
                if (fields.has(key)) {
                    fields.refuse(key, key + " is for addresses that start with s3: only.", "Take it out.");
                }
            }
        }
        return location;
    }

    /** What stands before the first colon, in small letters. */
    public String scheme() {
        int colon = url.indexOf(':');
        return colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
    }

    private static boolean hasSecret(String url) {
        int start = url.indexOf("://");
        if (start < 0 || url.startsWith("file:")) {
            return false;
        }
        String authority = url.substring(start + 3).split("[/?#]", 2)[0];
        return authority.contains("@");
    }

    private static URI endpoint(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getScheme() != null
                    && HTTP.contains(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new IllegalArgumentException("endpoint is no address of a server: write https://host, and no user in it");
    }

    MappingBuilder into(MappingBuilder mapping) {
        mapping.text("url", url).text("endpoint", endpoint).text("region", region);
        pathStyle.ifPresent(each -> mapping.bool("pathStyle", each));
        return mapping;
    }

    @Override
    public String toString() {
        return url + endpoint.map(each -> " at " + each).orElse("");
    }
}
