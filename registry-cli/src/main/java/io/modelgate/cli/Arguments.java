package io.modelgate.cli;

import io.modelgate.finding.RegistryException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Turns what was typed into values of the domain; what cannot be read is a usage error. */
final class Arguments {
    private Arguments() {}

    static <T> T parse(String typed, Function<String, T> parse) {
        return valid(() -> parse.apply(typed));
    }

    static <T> T valid(Supplier<T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            throw RegistryException.usage(e.getMessage() == null ? "That cannot be read." : e.getMessage() + ".", "");
        }
    }
}
