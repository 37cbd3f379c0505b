package io.aftersale.engine;

import java.util.Set;

/** A user of the engine with the groups it is in and the merchants (the engine's tenants) it works for. */
public record Account(String userId, Set<String> groups, Set<String> merchants) {
    /** Members of this group administer the engine and everything in it. */
    public static final String ADMINISTRATORS = "camunda-admin";

    /** Members of this group are machines: shops and their services. */
    public static final String SYSTEMS = "systems";

    public boolean isSystem() {
        return groups.contains(SYSTEMS);
    }

    public boolean isAdministrator() {
        return groups.contains(ADMINISTRATORS);
    }
}
