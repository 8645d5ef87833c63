package io.modelgate.host;

import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A played Bitbucket Data Center, and a proposal changed as its page lets people do. */
abstract class OnBitbucketServer {
    static final String PULLS = "/api/latest/projects/ACME/repos/models/pull-requests/";

    @TempDir
    Path folder;

    PlayedBitbucketServer played;
    PlayedRig rig;

    @BeforeEach
    void init() {
        played = new PlayedBitbucketServer(folder);
        rig = BitbucketServerHostTest.rig(folder, played);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /** Changes a pull request as its page lets people do. */
    void change(Proposal proposal, Object... fields) {
        HostClient client = rig.client("alice");
        Json now = client.get(PULLS + proposal.number());
        Object[] all = new Object[fields.length + 2];
        all[0] = "version";
        all[1] = now.integer("version").orElseThrow();
        System.arraycopy(fields, 0, all, 2, fields.length);
        client.require(client.ask("PUT", PULLS + proposal.number(), Json.object(all)), "change");
    }
}
