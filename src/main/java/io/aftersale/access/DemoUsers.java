package io.aftersale.access;

import io.aftersale.engine.Account;
import io.aftersale.engine.Accounts;
import io.aftersale.engine.Grants;
import jakarta.annotation.PostConstruct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The users of the profile {@code demo}, each with its name as password, so that everybody can try every desk at once.
 * They exist in this profile only: {@link NoDemoUsers} stops any other profile that finds one of them.
 */
@Component
@Profile("demo")
class DemoUsers {
    static final List<String> MERCHANTS = List.of("M-1", "M-2");

    /** User, and the groups it is in. */
    static final Map<String, List<String>> STAFF = staff();

    /** System, and the merchant it acts for. */
    static final Map<String, String> SHOPS = Map.of("shop", "M-1", "shop2", "M-2");

    private final Accounts accounts;

    /** @param grants only here so that the groups exist before their members */
    DemoUsers(Accounts accounts, Grants grants) {
        this.accounts = accounts;
    }

    @PostConstruct
    void make() {
        MERCHANTS.forEach(merchant -> accounts.addMerchant(merchant, "Merchant " + merchant));
        STAFF.forEach((user, groups) -> accounts.addUser(user, user, groups, MERCHANTS));
        SHOPS.forEach((user, merchant) -> accounts.addUser(user, user, List.of(Account.SYSTEMS), List.of(merchant)));
    }

    private static Map<String, List<String>> staff() {
        var staff = new LinkedHashMap<String, List<String>>();
        staff.put("admin", List.of(Account.ADMINISTRATORS));
        staff.put("reviewer", List.of("reviewers"));
        staff.put("reviewer2", List.of("reviewers"));
        staff.put("supervisor", List.of("reviewers", "supervisors"));
        staff.put("arbitrator", List.of("arbitrators"));
        staff.put("warehouse", List.of("warehouse"));
        staff.put("technician", List.of("technicians"));
        staff.put("finance", List.of("finance"));
        staff.put("moderator", List.of("moderators"));
        staff.put("agent", List.of("agents"));
        staff.put("owner", List.of(Grants.OWNERS));
        return staff;
    }
}
