package io.modelgate.policy;

import io.modelgate.evidence.Evidence;
import io.modelgate.manifest.Digest;
import java.util.Set;

/** Tells who signed a version. */
public interface SignatureCheck {
    /** What stands here while Modelgate cannot check signatures: nothing is signed by anybody, and the answer says so. */
    SignatureCheck UNAVAILABLE =
            evidence -> new Answer(Set.of(), "this version of Modelgate does not check signatures yet");

    /**
     * What is known of the signatures of a version.
     *
     * @param keys SHA-256 digests of the public keys whose signatures are good
     * @param why why there are none; empty when there are
     */
    record Answer(Set<Digest> keys, String why) {
        public Answer {
            keys = Set.copyOf(keys);
        }
    }

    /** Checks the signatures of the version's files. */
    Answer of(Evidence evidence);
}
