package io.jenkins.plugins.modelgate;

import hudson.model.Item;
import hudson.util.ListBoxModel;
import jenkins.model.Jenkins;

/** The registries to choose from where a step is configured. */
final class RegistryChoice {
    private RegistryChoice() {}

    /** Their names for whoever may configure the job; the present value alone for others. */
    static ListBoxModel of(Item item, String current) {
        ListBoxModel list = new ListBoxModel();
        boolean may =
                item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
        if (may) {
            list.add("the only one", "");
            ModelgateConfiguration.get().getRegistries().forEach(each -> list.add(each.getId()));
        }
        String value = current == null ? "" : current;
        if (list.stream().noneMatch(option -> option.value.equals(value))) {
            list.add(value);
        }
        return list;
    }
}
