package io.modelgate.git;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.transport.SshConfigStore;
import org.eclipse.jgit.transport.SshConstants;
import org.jspecify.annotations.Nullable;

/** The user's SSH configuration without what it says of keys: another one is given, and no other may be tried in its stead. */
final class GivenKeyConfig implements SshConfigStore {
    private static final Set<String> OF_KEYS = Set.of(
            lower(SshConstants.IDENTITY_FILE),
            lower(SshConstants.CERTIFICATE_FILE),
            lower(SshConstants.IDENTITIES_ONLY),
            lower(SshConstants.IDENTITY_AGENT),
            lower(SshConstants.ADD_KEYS_TO_AGENT),
            lower(SshConstants.PKCS11_PROVIDER));

    private final SshConfigStore whole;

    GivenKeyConfig(SshConfigStore whole) {
        this.whole = whole;
    }

    @Override
    public HostConfig lookup(String host, int port, String user) {
        return new WithoutKeys(whole.lookup(host, port, user));
    }

    @Override
    public HostConfig lookupDefault(String host, int port, String user) {
        return new WithoutKeys(whole.lookupDefault(host, port, user));
    }

    private static String lower(String key) {
        return key.toLowerCase(Locale.ROOT);
    }

    private static boolean isOfKeys(String key) {
        return OF_KEYS.contains(lower(key));
    }

    private static <V> Map<String, V> without(Map<String, V> options) {
        Map<String, V> rest = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        options.forEach((key, value) -> {
            if (!isOfKeys(key)) {
                rest.put(key, value);
            }
        });
        return rest;
    }

    private record WithoutKeys(HostConfig all) implements HostConfig {
        @Override
        public @Nullable String getValue(String key) {
            return isOfKeys(key) ? null : all.getValue(key);
        }

        @Override
        public List<String> getValues(String key) {
            return isOfKeys(key) ? List.of() : all.getValues(key);
        }

        @Override
        public Map<String, String> getOptions() {
            return without(all.getOptions());
        }

        @Override
        public Map<String, List<String>> getMultiValuedOptions() {
            return without(all.getMultiValuedOptions());
        }
    }
}
