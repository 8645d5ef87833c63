package io.modelgate.catalog;

import io.modelgate.manifest.Digest;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.Version;

/** How people name a version: {@code ns/name}, {@code ns/name@prod}, {@code ns/name@1.4.0}, {@code ns/name@sha256:…}. */
public sealed interface ModelReference {
    /** The model. */
    ModelName model();

    /** The highest version that is no pre-release and was not withdrawn: {@code ns/name} or {@code ns/name@latest}. */
    record Latest(ModelName model) implements ModelReference {}

    /** The version that is in a stage. */
    record InStage(ModelName model, Stage stage) implements ModelReference {}

    /** A version by its number. */
    record Numbered(ModelName model, Version version) implements ModelReference {}

    /** A version by its root digest or the digest of its manifest. */
    record ByDigest(ModelName model, Digest digest) implements ModelReference {}

    /** Reads a reference; throws {@link IllegalArgumentException} with a message for people. */
    static ModelReference parse(String text) {
        int at = text.indexOf('@');
        ModelName model = ModelName.parse(at < 0 ? text : text.substring(0, at));
        String rest = at < 0 ? "latest" : text.substring(at + 1);
        if (rest.equals("latest")) {
            return new Latest(model);
        }
        if (rest.startsWith("sha256:")) {
            return new ByDigest(model, Digest.parse(rest));
        }
        return !rest.isEmpty() && Character.isDigit(rest.charAt(0)) && rest.indexOf('.') > 0
                ? new Numbered(model, Version.parse(rest))
                : new InStage(model, new Stage(rest));
    }
}
