package io.aftersale.engine;

import jakarta.annotation.PostConstruct;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The filters that people find in Tasklist at their first login: what is mine, what waits for my groups, what is
 * overdue, and one for each desk. Made at start-up and known by name; a filter that somebody changed or renamed since is
 * left as it is. Who sees a filter is all that is granted here; which tasks it lists is up to the engine.
 */
@Component
class TasklistFilters {
    private static final Logger LOG = LoggerFactory.getLogger(TasklistFilters.class);
    private static final String MY_GROUPS = "${currentUserGroups()}";

    /** Desk, and what its filter is called. */
    private static final Map<String, String> DESKS = Map.of(
            "reviewers", "Audit desk 审核组",
            "supervisors", "Supervisors' desk 主管",
            "arbitrators", "Arbitration desk 仲裁组",
            "warehouse", "Warehouse desk 仓库",
            "technicians", "Repair desk 维修组",
            "finance", "Finance desk 财务",
            "moderators", "Moderation desk 评价审核组",
            "agents", "Service desk 客服组");

    /** The columns of a card: task-local texts that the room that knows the case has written for this purpose. */
    private static final List<Map<String, String>> COLUMNS = List.of(
            Map.of("name", "caseNumber", "label", "Case 单号"),
            Map.of("name", "parcelNumber", "label", "Parcel 包裹"),
            Map.of("name", "amount", "label", "Amount 金额"),
            Map.of("name", "reason", "label", "Reason 原因"),
            Map.of("name", "dueTime", "label", "Due 截止"));

    private final FilterService filters;
    private final TaskService tasks;
    private final AuthorizationService authorizations;

    /** @param grants only here so that the desks exist before their filters */
    TasklistFilters(FilterService filters, TaskService tasks, AuthorizationService authorizations, Grants grants) {
        this.filters = filters;
        this.tasks = tasks;
        this.authorizations = authorizations;
    }

    @PostConstruct
    void make() {
        make(
                "My tasks 我的任务",
                "What I have claimed 我已认领的任务",
                1,
                "#2e7d32",
                tasks.createTaskQuery().taskAssigneeExpression("${currentUser()}"),
                Grants.DESKS);
        make(
                "My groups' tasks 本组待办",
                "What nobody of my groups has claimed yet 本组尚未认领的任务",
                2,
                "#1565c0",
                tasks.createTaskQuery().taskCandidateGroupInExpression(MY_GROUPS),
                Grants.DESKS);
        make(
                "Overdue 已超时",
                "What my groups should have decided by now 本组已超过截止时间的任务",
                3,
                "#c62828",
                tasks.createTaskQuery()
                        .taskCandidateGroupInExpression(MY_GROUPS)
                        .includeAssignedTasks()
                        .dueBeforeExpression("${now()}"),
                Grants.DESKS);
        int priority = 4;
        for (String desk : Grants.DESKS) {
            make(
                    DESKS.get(desk),
                    "All open tasks of this desk, claimed or not 本组全部未完成任务",
                    priority++,
                    "#6a6a6a",
                    tasks.createTaskQuery().taskCandidateGroup(desk).includeAssignedTasks(),
                    List.of(desk));
        }
    }

    private void make(
            String name, String description, int priority, String color, TaskQuery query, List<String> readers) {
        if (filters.createTaskFilterQuery().filterName(name).count() > 0) {
            return;
        }
        Filter filter = filters.newTaskFilter(name);
        filter.setQuery(query.orderByDueDate().asc());
        filter.setProperties(Map.of(
                "description",
                description,
                "priority",
                priority,
                "color",
                color,
                "refresh",
                true,
                "showUndefinedVariable",
                false,
                "variables",
                COLUMNS));
        String id = filters.saveFilter(filter).getId();
        readers.forEach(group -> letRead(group, id));
        LOG.info("Made the Tasklist filter '{}' for {}", name, readers);
    }

    private void letRead(String group, String filterId) {
        var authorization = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        authorization.setGroupId(group);
        authorization.setResource(Resources.FILTER);
        authorization.setResourceId(filterId);
        authorization.addPermission(Permissions.READ);
        authorizations.saveAuthorization(authorization);
    }
}
