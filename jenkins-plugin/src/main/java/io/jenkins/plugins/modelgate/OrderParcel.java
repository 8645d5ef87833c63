package io.jenkins.plugins.modelgate;

import io.modelgate.deploy.Order;
import io.modelgate.finding.Checked;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.DeploymentTarget;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.StagePointer;
import java.io.Serializable;

/** An order on its way to an agent: its documents as text, nothing else. */
final class OrderParcel implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String[] paths;
    private final byte[][] documents;
    private final String commit;

    private OrderParcel(String commit, SourceFile... files) {
        this.commit = commit;
        this.paths = new String[files.length];
        this.documents = new byte[files.length][];
        for (int i = 0; i < files.length; i++) {
            paths[i] = files[i].path();
            documents[i] = files[i].bytes();
        }
    }

    static OrderParcel of(Order order) {
        return new OrderParcel(
                order.commit().hex(),
                order.target().toFile(),
                order.pointer().toFile(),
                order.manifest().toFile(),
                order.rendered());
    }

    Order order() {
        return new Order(
                read(DeploymentTarget.readTrusted(file(0))),
                read(StagePointer.readTrusted(file(1))),
                read(ModelVersion.readTrusted(file(2))),
                file(3),
                new CommitId(commit));
    }

    private SourceFile file(int i) {
        return new SourceFile(paths[i], documents[i]);
    }

    private static <T> T read(Checked<T> checked) {
        return checked.value().orElseThrow(() -> new IllegalStateException(String.valueOf(checked.findings())));
    }
}
