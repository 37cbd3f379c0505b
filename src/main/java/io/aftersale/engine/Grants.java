package io.aftersale.engine;

import static org.camunda.bpm.engine.authorization.Authorization.ANY;

import jakarta.annotation.PostConstruct;
import java.util.Arrays;
import java.util.List;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The groups of the house and what the engine lets them do, made at start-up in every profile. The right to a task
 * comes with being its candidate; nothing here opens a task to anybody. Rights that somebody changed in Admin since are
 * left as they are: only what is missing altogether is made.
 */
@Component
public class Grants {
    /** People's desks; each is a candidate group of user tasks. */
    public static final List<String> DESKS = List.of(
            "reviewers", "supervisors", "arbitrators", "warehouse", "technicians", "finance", "moderators", "agents");

    public static final String OWNERS = "process-owners";

    /** The flows that a system may start; all others are called by a flow and by nobody else. */
    static final List<String> PUBLIC_FLOWS =
            List.of("refund", "return", "exchange", "repair", "review", "feedback", "order-handling");

    private static final Logger LOG = LoggerFactory.getLogger(Grants.class);

    private final Accounts accounts;
    private final AuthorizationService authorizations;

    Grants(Accounts accounts, AuthorizationService authorizations) {
        this.accounts = accounts;
        this.authorizations = authorizations;
    }

    @PostConstruct
    void make() {
        accounts.addGroup(Account.ADMINISTRATORS, "Administrators", "SYSTEM");
        for (Resource resource : Resources.values()) {
            grant(Account.ADMINISTRATORS, resource, ANY, Permissions.ALL);
        }
        accounts.addGroup(Account.SYSTEMS, "Systems", "SYSTEM");
        for (String flow : PUBLIC_FLOWS) {
            grant(
                    Account.SYSTEMS,
                    Resources.PROCESS_DEFINITION,
                    flow,
                    ProcessDefinitionPermissions.READ,
                    ProcessDefinitionPermissions.CREATE_INSTANCE,
                    ProcessDefinitionPermissions.READ_INSTANCE,
                    ProcessDefinitionPermissions.READ_HISTORY,
                    ProcessDefinitionPermissions.UPDATE_INSTANCE);
        }
        grant(Account.SYSTEMS, Resources.PROCESS_INSTANCE, ANY, Permissions.CREATE);
        for (String desk : DESKS) {
            accounts.addGroup(desk, Character.toUpperCase(desk.charAt(0)) + desk.substring(1), "WORKFLOW");
            grant(desk, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
            grant(desk, Resources.PROCESS_DEFINITION, ANY, ProcessDefinitionPermissions.READ);
        }
        accounts.addGroup(OWNERS, "Process owners", "WORKFLOW");
        grant(OWNERS, Resources.APPLICATION, "cockpit", Permissions.ACCESS);
        grant(OWNERS, Resources.DEPLOYMENT, ANY, Permissions.CREATE, Permissions.READ);
        grant(
                OWNERS,
                Resources.PROCESS_DEFINITION,
                ANY,
                ProcessDefinitionPermissions.READ,
                ProcessDefinitionPermissions.READ_INSTANCE,
                ProcessDefinitionPermissions.READ_HISTORY);
        grant(OWNERS, Resources.DECISION_DEFINITION, ANY, Permissions.READ, Permissions.READ_HISTORY);
        grant(OWNERS, Resources.DECISION_REQUIREMENTS_DEFINITION, ANY, Permissions.READ);
    }

    private void grant(String group, Resource resource, String id, Permission... permissions) {
        if (authorizations
                        .createAuthorizationQuery()
                        .groupIdIn(group)
                        .resourceType(resource)
                        .resourceId(id)
                        .count()
                > 0) {
            return;
        }
        var authorization = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        authorization.setGroupId(group);
        authorization.setResource(resource);
        authorization.setResourceId(id);
        authorization.setPermissions(permissions);
        authorizations.saveAuthorization(authorization);
        LOG.debug("Granted {} on {} {} to {}", Arrays.toString(permissions), resource.resourceName(), id, group);
    }
}
