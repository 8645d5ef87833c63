package io.jenkins.plugins.modelgate;

import hudson.model.User;
import hudson.tasks.Mailer;
import java.util.Optional;

/** The address that the plugin Mailer has for somebody; loaded only where that plugin is. */
final class MailerAddress {
    private MailerAddress() {}

    static Optional<String> of(User user) {
        return Optional.ofNullable(user.getProperty(Mailer.UserProperty.class))
                .map(Mailer.UserProperty::getAddress)
                .filter(address -> !address.isBlank());
    }
}
