package io.modelgate.deploy;

import io.modelgate.finding.Finding;
import java.util.List;

/**
 * What is to be done to make a stage run what its pointers say.
 *
 * @param orders what is to be handed over, by target and model
 * @param findings why something cannot be
 * @param leftovers what still runs though nothing asks for it any more; nobody takes it down by itself
 */
public record DeployPlan(List<Order> orders, List<Finding> findings, List<Destination> leftovers) {
    public DeployPlan {
        orders = List.copyOf(orders);
        findings = List.copyOf(findings);
        leftovers = List.copyOf(leftovers);
    }
}
