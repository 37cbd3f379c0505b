package io.aftersale.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.runtime.Job;

/**
 * One case from its application to its end, told as it happens: people answer their tasks over the engine's REST, the
 * shop speaks for its buyer over ours, timers are fired and never slept for.
 */
public final class Story {
    private final Shop shop;
    private final String number;
    private final String buyerId;
    private final int port;
    private final Clock clock;
    private final RuntimeService runtime;
    private final ManagementService management;
    private final HistoryService history;
    private final Footprints footprints;

    Story(
            Shop shop,
            String number,
            String buyerId,
            int port,
            Clock clock,
            RuntimeService runtime,
            ManagementService management,
            HistoryService history,
            Footprints footprints) {
        this.shop = shop;
        this.number = number;
        this.buyerId = buyerId;
        this.port = port;
        this.clock = clock;
        this.runtime = runtime;
        this.management = management;
        this.history = history;
        this.footprints = footprints;
    }

    /** An answer to a task: names and values in turn. */
    public static Map<String, Object> form(Object... namesAndValues) {
        var form = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return form;
    }

    public String number() {
        return number;
    }

    public JsonNode sheet() {
        return shop.sheet(number);
    }

    /** The case waits at this task; the person claims and answers it, and the answer is taken. */
    public Story at(String task, String person, Map<String, Object> answer) {
        waitsAt(task);
        Desk.of(port, person).decides(number, answer);
        return this;
    }

    /** The person may not answer this way; returns the code of the refusal. */
    public String refuses(String person, Map<String, Object> answer) {
        var answered = Desk.of(port, person).answers(number, answer);
        assertThat(answered.status()).as(answered.toString()).isBetween(400, 499);
        return answered.code();
    }

    /** The same when the person has claimed the task already. */
    public String refusesAgain(String person, Map<String, Object> answer) {
        var desk = Desk.of(port, person);
        var answered = desk.completes(desk.taskOf(number), answer);
        assertThat(answered.status()).as(answered.toString()).isBetween(400, 499);
        return answered.code();
    }

    /** A variable of the diagram has this value, as another version of a table would have it. */
    public Story sets(String variable, Object value) {
        instances().stream()
                .filter(instance -> instance.getEndTime() == null)
                .forEach(instance -> runtime.setVariable(instance.getId(), variable, value));
        return this;
    }

    /** The buyer does what the case allows now. */
    public Story buyer(String step, Object... namesAndValues) {
        var done = attempt(step, namesAndValues);
        assertThat(done.status()).as(done.toString()).isBetween(200, 299);
        return this;
    }

    /** The buyer tries something that the case may not allow now. */
    public Http.Answer attempt(String step, Object... namesAndValues) {
        ObjectNode body = Shop.by(buyerId);
        form(namesAndValues).forEach((name, value) -> body.set(name, Shop.JSON.valueToTree(value)));
        return shop.does(number, step, body);
    }

    /** This timer is due so long from now, as the table says. */
    public Story isDue(String timer, Duration fromNow) {
        assertThat(timer(timer).getDuedate().toInstant())
                .as(timer)
                .isCloseTo(clock.instant().plus(fromNow), within(1, ChronoUnit.MINUTES));
        return this;
    }

    /** The time of this timer has come. */
    public Story fires(String timer) {
        management.executeJob(timer(timer).getId());
        return this;
    }

    public Story waitsAt(String... elements) {
        assertThat(instances())
                .as("the places where " + number + " is")
                .anySatisfy(instance -> assertThat(activities(instance.getId())).contains(elements));
        return this;
    }

    /** Waits until the job executor has brought the case here; a job that failed is tried again at once. */
    public Story becomesAt(String element) {
        Eventually.get(
                () -> {
                    tryFailedJobsAgain();
                    return instances().stream()
                            .flatMap(instance -> activities(instance.getId()).stream())
                            .toList();
                },
                active -> active.contains(element));
        return this;
    }

    /** Whose task it is; null when nobody has claimed it. */
    public String assigneeOf(String task) {
        return Desk.of(port, "reviewer").tasksOf(number).stream()
                .filter(open -> open.path("taskDefinitionKey").asText().equals(task))
                .map(open -> open.path("assignee").asText(null))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no task " + task + " on " + number));
    }

    public Story is(String status) {
        assertThat(sheet().path("status").asText()).as(sheet().toPrettyString()).isEqualTo(status);
        return this;
    }

    /** Waits until the case has one of these statuses, and says which. */
    public String becomesOneOf(String... statuses) {
        return Eventually.get(
                () -> sheet().path("status").asText(),
                status -> List.of(statuses).contains(status));
    }

    /** Waits for what the job executor brings about; a job that failed is tried again at once. */
    public Story becomes(String status) {
        Eventually.get(
                () -> {
                    tryFailedJobsAgain();
                    return sheet();
                },
                sheet -> sheet.path("status").asText().equals(status));
        return this;
    }

    public Story outcome(String outcome) {
        assertThat(sheet().path("outcome").asText()).isEqualTo(outcome);
        return this;
    }

    /** The next step on the sheet: whose it is, and what happens if they let the time pass. */
    public Story next(String owner, String action, String consequence) {
        assertThat(StreamSupport.stream(sheet().path("next").spliterator(), false)
                        .map(next -> List.of(
                                next.path("owner").asText(),
                                next.path("action").asText(),
                                next.path("consequence").asText())))
                .containsExactly(List.of(owner, action, consequence));
        return this;
    }

    public Story passed(String... elements) {
        assertThat(footprints()).containsSubsequence(elements);
        return this;
    }

    public Story neverPassed(String... elements) {
        assertThat(footprints()).doesNotContain(elements);
        return this;
    }

    /** Nothing of this case runs any more, and its own process ended here. */
    public Story endedAt(String endEvent) {
        assertThat(footprints()).contains(endEvent);
        assertThat(instances()).as("what still runs of " + number).allMatch(it -> it.getEndTime() != null);
        return this;
    }

    /** The events of the timeline, oldest first. */
    public List<String> events() {
        return StreamSupport.stream(sheet().path("timeline").spliterator(), false)
                .map(entry -> entry.path("event").asText())
                .toList();
    }

    public List<String> processInstances() {
        return instances().stream().map(HistoricProcessInstance::getId).toList();
    }

    private List<String> footprints() {
        return instances().stream()
                .flatMap(instance -> footprints.of(instance.getId()).stream())
                .toList();
    }

    private List<HistoricProcessInstance> instances() {
        return history.createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .orderByProcessInstanceStartTime()
                .asc()
                .list();
    }

    private void tryFailedJobsAgain() {
        for (var instance : instances()) {
            management
                    .createJobQuery()
                    .processInstanceId(instance.getId())
                    .withException()
                    .withRetriesLeft()
                    .duedateHigherThan(Date.from(clock.instant()))
                    .list()
                    .forEach(job -> management.setJobDuedate(job.getId(), Date.from(clock.instant())));
        }
    }

    private List<String> activities(String processInstanceId) {
        return runtime.createProcessInstanceQuery()
                                .processInstanceId(processInstanceId)
                                .count()
                        == 0
                ? List.of()
                : runtime.getActiveActivityIds(processInstanceId);
    }

    private Job timer(String activity) {
        return instances().stream()
                .flatMap(
                        instance -> management
                                .createJobQuery()
                                .processInstanceId(instance.getId())
                                .activityId(activity)
                                .timers()
                                .list()
                                .stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no timer " + activity + " on " + number));
    }
}
