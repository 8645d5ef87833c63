package io.modelgate.host;

import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A played Bitbucket Cloud, and a proposal changed as its page lets people do. */
abstract class OnBitbucketCloud {
    static final String PULLS = "/repositories/acme/models/pullrequests/";

    @TempDir
    Path folder;

    PlayedBitbucketCloud played;
    PlayedRig rig;

    @BeforeEach
    void init() {
        played = new PlayedBitbucketCloud(folder);
        rig = BitbucketCloudHostTest.rig(folder, played);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    void change(Proposal proposal, Object... fields) {
        HostClient client = rig.client("alice");
        client.require(client.ask("PUT", PULLS + proposal.number(), Json.object(fields)), "change");
    }
}
