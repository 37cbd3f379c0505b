package io.aftersale.engine;

import io.aftersale.problems.StartRefusedException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.Tenant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The users, groups and merchants that the engine keeps, and whose word a command of the engine is. Other rooms ask
 * here and never the engine itself. It decides nothing about what anybody may do.
 */
@Component
public class Accounts {
    /** What the name of a user, group or merchant may look like. */
    static final String ID = "[A-Za-z0-9._@+-]{1,64}";

    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);
    private static final Pattern USER_ID = Pattern.compile(Accounts.ID);
    private static final int LONGEST_PASSWORD = 256;

    private final IdentityService identity;

    Accounts(IdentityService identity) {
        this.identity = identity;
    }

    /** Checks a name and a password; a name or password that cannot be one is just wrong. */
    public boolean fits(String userId, String password) {
        if (userId == null || password == null || !USER_ID.matcher(userId).matches()) {
            return false;
        }
        if (password.isEmpty() || password.length() > LONGEST_PASSWORD) {
            return false;
        }
        return identity.checkPassword(userId, password);
    }

    public boolean exists(String userId) {
        return identity.createUserQuery().userId(userId).count() == 1;
    }

    /** Reads groups and merchants as they are now; a user that is gone has neither. */
    public Account find(String userId) {
        Set<String> groups = identity.createGroupQuery().groupMember(userId).list().stream()
                .map(Group::getId)
                .collect(Collectors.toUnmodifiableSet());
        Set<String> merchants =
                identity.createTenantQuery().userMember(userId).includingGroupsOfUser(true).list().stream()
                        .map(Tenant::getId)
                        .collect(Collectors.toUnmodifiableSet());
        return new Account(userId, groups, merchants);
    }

    /** Who the commands of this thread are run for; empty in jobs and at start-up. */
    public Optional<Account> current() {
        var authentication = identity.getCurrentAuthentication();
        if (authentication == null || authentication.getUserId() == null) {
            return Optional.empty();
        }
        return Optional.of(new Account(
                authentication.getUserId(),
                Set.copyOf(orEmpty(authentication.getGroupIds())),
                Set.copyOf(orEmpty(authentication.getTenantIds()))));
    }

    /** From here on this thread's commands are this account's, until {@link #leave()}. */
    public void enter(Account account) {
        identity.setAuthentication(account.userId(), List.copyOf(account.groups()), List.copyOf(account.merchants()));
    }

    public void leave() {
        identity.clearAuthentication();
    }

    public void addGroup(String groupId, String name, String type) {
        if (identity.createGroupQuery().groupId(groupId).count() == 0) {
            var group = identity.newGroup(groupId);
            group.setName(name);
            group.setType(type);
            identity.saveGroup(group);
        }
    }

    public void addMerchant(String merchantId, String name) {
        if (identity.createTenantQuery().tenantId(merchantId).count() == 0) {
            var tenant = identity.newTenant(merchantId);
            tenant.setName(name);
            identity.saveTenant(tenant);
        }
    }

    /** Makes a user with its memberships; one that exists already is left as it is. */
    public void addUser(String userId, String password, List<String> groups, List<String> merchants) {
        if (exists(userId)) {
            return;
        }
        var user = identity.newUser(userId);
        user.setFirstName(userId);
        user.setLastName("");
        user.setPassword(password);
        try {
            identity.saveUser(user);
        } catch (ProcessEngineException refused) {
            throw new StartRefusedException(
                    "The user '" + userId + "' cannot be made: the password is too weak for the password policy.");
        }
        groups.forEach(group -> identity.createMembership(userId, group));
        merchants.forEach(merchant -> identity.createTenantUserMembership(merchant, userId));
        LOG.info("Made the user '{}' in {}", userId, groups);
    }

    /** Whether anybody could administer the engine. */
    public boolean hasAdministrator() {
        return identity.createUserQuery().memberOfGroup(Account.ADMINISTRATORS).count() > 0;
    }

    private static List<String> orEmpty(List<String> ids) {
        return ids == null ? List.of() : ids;
    }
}
