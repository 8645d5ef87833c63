package io.jenkins.plugins.modelgate;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.GlobalConfiguration;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;

/** The registries that jobs may name. */
@Extension
@Symbol("modelgate")
public class ModelgateConfiguration extends GlobalConfiguration {
    private List<RegistrySettings> registries = new ArrayList<>();

    public ModelgateConfiguration() {
        load();
    }

    public static ModelgateConfiguration get() {
        return ExtensionList.lookupSingleton(ModelgateConfiguration.class);
    }

    @NonNull
    public List<RegistrySettings> getRegistries() {
        return List.copyOf(registries);
    }

    @DataBoundSetter
    public void setRegistries(List<RegistrySettings> registries) {
        this.registries = new ArrayList<>(registries);
        save();
    }

    /** The registry of this name, or the only one when none is named. */
    RegistrySettings registry(String id) throws AbortException {
        if (id == null || id.isBlank()) {
            if (registries.size() == 1) {
                return registries.get(0);
            }
            throw new AbortException(
                    registries.isEmpty()
                            ? "No registry is configured. Add one under Manage Jenkins, System, Modelgate."
                            : "Several registries are configured. Say which: registry: '"
                                    + registries.get(0).getId() + "'.");
        }
        Optional<RegistrySettings> named =
                registries.stream().filter(each -> each.getId().equals(id)).findFirst();
        return named.orElseThrow(() -> new AbortException("No registry '" + id + "' is configured. Known are: "
                + String.join(
                        ", ", registries.stream().map(RegistrySettings::getId).toList()) + "."));
    }
}
