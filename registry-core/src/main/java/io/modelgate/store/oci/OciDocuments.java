package io.modelgate.store.oci;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The documents that are written to registries, field by field in the order of their bytes. What is absent is left out. They are known
 * by their digests: other bytes would be other documents.
 */
final class OciDocuments {
    private OciDocuments() {}

    /** An image manifest (OCI image specification 1.1). */
    record ImageManifest(
            int schemaVersion,
            String mediaType,
            String artifactType,
            WrittenDescriptor config,
            List<WrittenDescriptor> layers,
            Optional<WrittenDescriptor> subject,
            Optional<Map<String, String>> annotations) {
        static ImageManifest ofModel(
                WrittenDescriptor config, List<WrittenDescriptor> layers, Map<String, String> annotations) {
            return new ImageManifest(
                    2,
                    MediaType.MANIFEST,
                    MediaType.MODEL,
                    config,
                    List.copyOf(layers),
                    Optional.empty(),
                    Optional.of(annotations));
        }

        static ImageManifest about(
                WrittenDescriptor subject, String artifactType, WrittenDescriptor config, WrittenDescriptor layer) {
            return new ImageManifest(
                    2,
                    MediaType.MANIFEST,
                    artifactType,
                    config,
                    List.of(layer),
                    Optional.of(subject),
                    Optional.empty());
        }
    }

    /** An image index (OCI image specification 1.1). */
    record ImageIndex(int schemaVersion, String mediaType, List<WrittenDescriptor> manifests) {
        ImageIndex(List<WrittenDescriptor> manifests) {
            this(2, MediaType.INDEX, List.copyOf(manifests));
        }
    }

    /** A descriptor. Annotations have the order that they are given in. */
    record WrittenDescriptor(
            String mediaType,
            String digest,
            long size,
            Optional<Map<String, String>> annotations,
            Optional<String> artifactType) {
        static WrittenDescriptor of(Descriptor descriptor) {
            return of(descriptor, Optional.empty(), Optional.empty());
        }

        static WrittenDescriptor annotated(Descriptor descriptor, Map<String, String> annotations) {
            return of(descriptor, Optional.of(annotations), Optional.empty());
        }

        static WrittenDescriptor typed(Descriptor descriptor, Optional<String> artifactType) {
            return of(descriptor, Optional.empty(), artifactType);
        }

        private static WrittenDescriptor of(
                Descriptor descriptor, Optional<Map<String, String>> annotations, Optional<String> artifactType) {
            return new WrittenDescriptor(
                    descriptor.mediaType(),
                    descriptor.digest().toString(),
                    descriptor.size(),
                    annotations,
                    artifactType);
        }
    }

    /** The configuration of a model (CNCF ModelPack specification). */
    record ModelConfig(Named descriptor, Nothing config, FileSystem modelfs) {
        ModelConfig(String name, String version, List<String> digests) {
            this(new Named(name, version), new Nothing(), new FileSystem("layers", List.copyOf(digests)));
        }
    }

    /** Which model it is. */
    record Named(String name, String version) {}

    /** What Modelgate does not say: Git does. */
    record Nothing() {}

    /** The digests of the files, in the order of the layers. */
    record FileSystem(String type, List<String> diffIds) {}
}
