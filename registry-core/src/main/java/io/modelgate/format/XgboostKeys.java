package io.modelgate.format;

import java.util.List;
import java.util.function.Predicate;

/** What a model of XGBoost has, be it JSON or UBJSON. */
final class XgboostKeys {
    /** How deep the keys lie that are asked for. */
    static final int DEPTH = 4;

    private static final String MODEL = "/learner/gradient_booster/model";

    /** Without these the library refuses it. */
    private static final List<String> NEEDED = List.of(
            "/version", "/learner/learner_model_param", "/learner/objective/name", "/learner/gradient_booster/name");

    private static final List<String> OF_TREES = List.of(MODEL + "/gbtree_model_param", MODEL + "/tree_info");

    private XgboostKeys() {}

    static boolean areIn(Predicate<String> keys) {
        return keys.test("/learner") && keys.test("/learner/gradient_booster");
    }

    static void check(Predicate<String> keys) throws DamagedException {
        check(NEEDED, keys);
        if (keys.test(MODEL + "/trees")) {
            check(OF_TREES, keys);
        }
    }

    private static void check(List<String> needed, Predicate<String> keys) throws DamagedException {
        for (String each : needed) {
            if (!keys.test(each)) {
                throw new DamagedException(
                        "It has no " + each.substring(1).replace('/', '.') + ", without which XGBoost refuses it.");
            }
        }
    }
}
