package io.aftersale.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersale.support.Desk;
import io.aftersale.support.Eventually;
import io.aftersale.support.Owner;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Shop;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * What an owner changes in Modeler and deploys, one file at a time: it serves new cases at once, running cases keep what
 * they began with, and no restart takes it back. Every test takes its own versions away again.
 */
@RunningApp
@ExtendWith(OutputCaptureExtension.class)
class OwnerDeploymentTest {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final Map<String, String> APPROVE = Map.of("decision", "APPROVE");

    @LocalServerPort
    int port;

    @Autowired
    Clock clock;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    OwnAuthority authority;

    @Autowired
    PackagedModels packaged;

    private final Deque<String> deployed = new ArrayDeque<>();
    private Owner owner;
    private Shop shop;
    private Desk reviewer;

    @BeforeEach
    void take_seats() {
        owner = Owner.at(port);
        shop = Shop.at(port, clock);
        reviewer = Desk.of(port, "reviewer");
    }

    @AfterEach
    void take_the_owners_versions_away() {
        authority.run(() -> deployed.forEach(id -> repository.deleteDeployment(id, true)));
    }

    @Test
    void modeler_finds_the_engine() {
        assertThat(owner.http()
                        .get("/engine-rest/version")
                        .json()
                        .path("version")
                        .asText())
                .startsWith("7.24");
        assertThat(owner.http().get("/engine-rest/deployment?maxResults=0").status())
                .isEqualTo(200);
    }

    @Test
    void a_shorter_audit_serves_new_cases_at_once_and_leaves_the_old_one_its_time() {
        String old = opensACase();
        var before = waitOf(old);

        deploys("deadlines.dmn", twelveHours());
        String fresh = opensACase();

        assertThat(waitOf(old)).isEqualTo(before);
        assertThat(lasts(old)).isCloseTo(Duration.ofHours(48), TOLERANCE);
        assertThat(lasts(fresh)).isCloseTo(Duration.ofHours(12), TOLERANCE);
        assertThat(timer(fresh, "Event_AuditOverdue").getDuedate())
                .isEqualTo(OffsetDateTime.parse(waitOf(fresh).path("dueAt").asText())
                        .toInstant());
        assertThat(versionOf(fresh, "deadlines")).isEqualTo(versionOf(old, "deadlines") + 1);
        finish(old, fresh);
    }

    @Test
    void a_rule_added_to_eligibility_decides_the_next_case_and_the_sheet_names_version_and_rule() {
        String old = opensACase();

        deploys("eligibility.dmn", smallSumsApprovedAtOnce());
        String fresh = opensACase();

        assertThat(shop.sheet(old).path("status").asText()).isEqualTo("AUDITING");
        var verdict = shop.sheet(fresh).path("verdict");
        assertThat(verdict.path("value").asText()).isEqualTo("APPROVE");
        assertThat(verdict.path("rule").asText()).isEqualTo("rule_small_damage");
        assertThat(verdict.path("version").asInt())
                .isEqualTo(shop.sheet(old).path("verdict").path("version").asInt() + 1);
        assertThat(versionOf(fresh, "eligibility"))
                .isEqualTo(verdict.path("version").asInt());
        isRefunded(fresh);
        finish(old);
    }

    @Test
    void a_reminder_added_to_refund_reaches_new_cases_and_old_ones_finish_on_their_own_diagram() {
        String old = opensACase();

        deploys("refund.bpmn", withAReminderAfterSixHours());
        String fresh = opensACase();

        assertThat(timerOrNull(old, "Event_AuditStillOpen")).isNull();
        fire(fresh, "Event_AuditStillOpen");
        assertThat(events(fresh)).contains("audit-reminded");
        assertThat(events(old)).doesNotContain("audit-reminded");
        assertThat(diagramOf(fresh)).isEqualTo(diagramOf(old) + 1);
        reviewer.decides(old, APPROVE);
        reviewer.decides(fresh, APPROVE);
        isRefunded(old);
        isRefunded(fresh);
    }

    @Test
    void a_new_form_serves_open_tasks_too() {
        String number = opensACase();
        String task = reviewer.taskOf(number);
        String form = Owner.file("forms/audit-application.form");
        String words = "Please look at the pictures first 请先看图片";

        deploys("audit-application.form", form.replaceFirst("\"components\"\\s*:\\s*\\[", """
                "components": [{"type": "text", "id": "Text_owner", "text": "%s"},""".formatted(words)));

        assertThat(reviewer.http()
                        .get("/engine-rest/task/" + task + "/deployed-form")
                        .text())
                .contains(words);
        finish(number);
    }

    @Test
    void a_restart_does_not_take_back_what_an_owner_deployed_and_says_so(CapturedOutput log) {
        deploys("deadlines.dmn", twelveHours());
        deploys("refund.bpmn", withAReminderAfterSixHours());
        String form = Owner.file("forms/confirm-audit.form") + " ";
        deploys("confirm-audit.form", form);
        int tables = latestVersion("deadlines");
        long deployments = count();

        packaged.afterSingletonsInstantiated();

        assertThat(count()).isEqualTo(deployments);
        assertThat(latestVersion("deadlines")).isEqualTo(tables);
        assertThat(log)
                .contains("deadlines.dmn stays as an owner deployed it")
                .contains("refund.bpmn stays as an owner deployed it")
                .contains("confirm-audit.form stays as an owner deployed it")
                .doesNotContain("audit-routing.dmn stays");
        String number = opensACase();
        assertThat(lasts(number)).isCloseTo(Duration.ofHours(12), TOLERANCE);
        finish(number);
    }

    @Test
    void the_next_release_reaches_a_file_that_an_owner_has_put_back_and_no_other(CapturedOutput log) {
        String packagedFile = Owner.file("decisions/deadlines.dmn");
        var release = new PackagedModels(repository, new Release("deadlines.dmn", packagedFile + " "));
        deploys("deadlines.dmn", twelveHours());
        int owners = latestVersion("deadlines");

        authority.run(release::afterSingletonsInstantiated);
        assertThat(latestVersion("deadlines")).isEqualTo(owners);
        assertThat(log).contains("deadlines.dmn stays as an owner deployed it");

        deploys("deadlines.dmn", packagedFile);
        authority.run(release::afterSingletonsInstantiated);
        assertThat(latestVersion("deadlines")).isEqualTo(owners + 2);
        deployed.push(authority.call(() -> repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey("deadlines")
                .latestVersion()
                .singleResult()
                .getDeploymentId()));
    }

    @Test
    void a_release_with_a_new_stage_starts_beside_an_owners_older_deadlines() {
        String now = Owner.file("decisions/deadlines.dmn");
        deploys("deadlines.dmn", now.replaceFirst("(?s)<rule id=\"rule_evidence\">.*?</rule>", ""));
        var release = new PackagedModels(repository, new Release("audit.bpmn", Owner.file("parts/audit.bpmn") + " "));

        authority.run(release::afterSingletonsInstantiated);

        deployed.push(authority.call(() -> repository
                .createProcessDefinitionQuery()
                .processDefinitionKey("audit")
                .latestVersion()
                .singleResult()
                .getDeploymentId()));
        assertThat(authority.call(() -> repository
                        .createDeploymentQuery()
                        .deploymentId(deployed.peek())
                        .singleResult()
                        .getSource()))
                .isEqualTo("packaged");
    }

    /** A later package with one file in it. */
    private static final class Release extends PathMatchingResourcePatternResolver {
        private final Resource file;

        Release(String name, String content) {
            this.file = new ByteArrayResource(content.getBytes(StandardCharsets.UTF_8)) {
                @Override
                public String getFilename() {
                    return name;
                }
            };
        }

        @Override
        public Resource[] getResources(String pattern) {
            return new Resource[] {file};
        }
    }

    @Test
    void a_table_for_one_merchant_alone_is_refused_and_leaves_nothing() {
        long deployments = count();

        var answer = owner.deploys("deadlines.dmn", twelveHours(), Map.of("tenant-id", "M-1"));

        assertThat(answer.status()).as(answer.toString()).isBetween(400, 422);
        assertThat(answer.json().path("detail").asText()).contains("leave the tenant id empty");
        assertThat(count()).isEqualTo(deployments);
    }

    @Test
    void a_restart_with_nothing_changed_deploys_nothing() {
        long deployments = count();

        packaged.afterSingletonsInstantiated();

        assertThat(count()).isEqualTo(deployments);
    }

    private static String twelveHours() {
        return changed(Owner.file("decisions/deadlines.dmn"), "\"PT48H\"", "\"PT12H\"")
                .replaceFirst("\"PT24H\"", "\"PT4H\"")
                .replaceFirst("\"PT36H\"", "\"PT8H\"");
    }

    /** A row of its own before all others: damage of at most 50.00 is not worth a reviewer's time. */
    private static String smallSumsApprovedAtOnce() {
        String table = Owner.file("decisions/eligibility.dmn");
        var row = new StringBuilder("<rule id=\"rule_small_damage\"><description>Owner</description>");
        var inputs = table.split("<input id=", -1).length - 1;
        for (int i = 0; i < inputs; i++) {
            String text = i == 1 ? "\"QUALITY\"" : i == 11 ? "[0..5000]" : "";
            row.append("<inputEntry id=\"in_small_%d\"><text>%s</text></inputEntry>".formatted(i, text));
        }
        for (String output : new String[] {"APPROVE", "SMALL_DAMAGE", "House policy 本店政策"}) {
            row.append("<outputEntry id=\"out_small_%s\"><text>\"%s\"</text></outputEntry>"
                    .formatted(output.replaceAll("\\W.*", ""), output));
        }
        return table.replaceFirst("<rule id=", row + "</rule><rule id=");
    }

    /** What Modeler writes when an owner puts a timer on the audit and the verb behind it. */
    private static String withAReminderAfterSixHours() {
        return Owner.file("refund.bpmn").replace("</bpmn:process>", """
                        <bpmn:boundaryEvent id="Event_AuditStillOpen" name="6 hours" cancelActivity="false" \
                        attachedToRef="Call_Audit">
                          <bpmn:documentation>A quarter of the day is over.</bpmn:documentation>
                          <bpmn:outgoing>From_AuditStillOpen</bpmn:outgoing>
                          <bpmn:timerEventDefinition id="Definition_AuditStillOpen">
                            <bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT6H</bpmn:timeDuration>
                          </bpmn:timerEventDefinition>
                        </bpmn:boundaryEvent>
                        <bpmn:serviceTask id="Task_RemindAuditors" name="Remind auditors 提醒审核人" \
                        camunda:delegateExpression="${remindAuditors}">
                          <bpmn:documentation>Told once more.</bpmn:documentation>
                          <bpmn:incoming>From_AuditStillOpen</bpmn:incoming>
                          <bpmn:outgoing>From_RemindAuditors</bpmn:outgoing>
                        </bpmn:serviceTask>
                        <bpmn:endEvent id="EndEvent_AuditorsReminded" name="Reminded 已提醒">
                          <bpmn:documentation>The audit goes on.</bpmn:documentation>
                          <bpmn:incoming>From_RemindAuditors</bpmn:incoming>
                        </bpmn:endEvent>
                        <bpmn:sequenceFlow id="From_AuditStillOpen" sourceRef="Event_AuditStillOpen" \
                        targetRef="Task_RemindAuditors" />
                        <bpmn:sequenceFlow id="From_RemindAuditors" sourceRef="Task_RemindAuditors" \
                        targetRef="EndEvent_AuditorsReminded" />
                        </bpmn:process>""").replace("</bpmndi:BPMNPlane>", """
                        <bpmndi:BPMNShape id="Event_AuditStillOpen_di" bpmnElement="Event_AuditStillOpen">
                          <dc:Bounds x="432" y="222" width="36" height="36" />
                        </bpmndi:BPMNShape>
                        <bpmndi:BPMNShape id="Task_RemindAuditors_di" bpmnElement="Task_RemindAuditors">
                          <dc:Bounds x="400" y="500" width="100" height="80" />
                        </bpmndi:BPMNShape>
                        <bpmndi:BPMNShape id="EndEvent_AuditorsReminded_di" bpmnElement="EndEvent_AuditorsReminded">
                          <dc:Bounds x="552" y="522" width="36" height="36" />
                        </bpmndi:BPMNShape>
                        <bpmndi:BPMNEdge id="From_AuditStillOpen_di" bpmnElement="From_AuditStillOpen">
                          <di:waypoint x="450" y="258" /><di:waypoint x="450" y="500" />
                        </bpmndi:BPMNEdge>
                        <bpmndi:BPMNEdge id="From_RemindAuditors_di" bpmnElement="From_RemindAuditors">
                          <di:waypoint x="500" y="540" /><di:waypoint x="552" y="540" />
                        </bpmndi:BPMNEdge>
                        </bpmndi:BPMNPlane>""");
    }

    private static String changed(String text, String what, String to) {
        assertThat(text).contains(what);
        return text.replaceFirst(what, to);
    }

    private void deploys(String name, String content) {
        var answer = owner.deploys(name, content);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        deployed.push(answer.json().path("id").asText());
    }

    private String opensACase() {
        return shop.opens(Shop.application(shop.sells(), 1));
    }

    private void finish(String... numbers) {
        for (String number : numbers) {
            reviewer.decides(number, APPROVE);
            isRefunded(number);
        }
    }

    private void isRefunded(String number) {
        var sheet = Eventually.get(
                () -> shop.sheet(number), it -> !it.path("outcome").isNull());
        assertThat(sheet.path("outcome").asText()).as(sheet.toString()).isEqualTo("REFUNDED");
    }

    private JsonNode waitOf(String number) {
        return shop.sheet(number).path("next").path(0);
    }

    private Duration lasts(String number) {
        return Duration.between(
                clock.instant(),
                OffsetDateTime.parse(waitOf(number).path("dueAt").asText()));
    }

    private int versionOf(String number, String table) {
        for (JsonNode said : shop.sheet(number).path("rulings")) {
            if (said.path("table").asText().equals(table)) {
                return said.path("version").asInt();
            }
        }
        throw new AssertionError(number + " was never decided by " + table);
    }

    private String events(String number) {
        return shop.sheet(number).path("timeline").findValuesAsText("event").toString();
    }

    private int diagramOf(String number) {
        return authority.call(() -> repository
                .getProcessDefinition(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(number)
                        .processDefinitionKey("refund")
                        .singleResult()
                        .getProcessDefinitionId())
                .getVersion());
    }

    private void fire(String number, String event) {
        authority.run(() -> management.executeJob(timer(number, event).getId()));
    }

    private Job timer(String number, String event) {
        var timer = timerOrNull(number, event);
        assertThat(timer).as(event).isNotNull();
        return timer;
    }

    private Job timerOrNull(String number, String event) {
        return authority.call(
                () -> runtime.createProcessInstanceQuery().processInstanceBusinessKey(number).list().stream()
                        .flatMap(instance ->
                                management
                                        .createJobQuery()
                                        .processInstanceId(instance.getId())
                                        .activityId(event)
                                        .list()
                                        .stream())
                        .findFirst()
                        .orElse(null));
    }

    private int latestVersion(String table) {
        return authority.call(() -> repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(table)
                .latestVersion()
                .singleResult()
                .getVersion());
    }

    private long count() {
        return authority.call(() -> repository.createDeploymentQuery().count());
    }
}
