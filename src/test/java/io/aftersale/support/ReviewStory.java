package io.aftersale.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.runtime.Job;

/** One review from its first words or its invitation on: the shop speaks for its buyer, moderators answer tasks. */
public final class ReviewStory {
    private static final String MODERATE = "Task_ModerateReview";

    private final Shop shop;
    private final String number;
    private final int port;
    private final Clock clock;
    private final RuntimeService runtime;
    private final ManagementService management;
    private final HistoryService history;
    private final Footprints footprints;

    ReviewStory(
            Shop shop,
            String number,
            int port,
            Clock clock,
            RuntimeService runtime,
            ManagementService management,
            HistoryService history,
            Footprints footprints) {
        this.shop = shop;
        this.number = number;
        this.port = port;
        this.clock = clock;
        this.runtime = runtime;
        this.management = management;
        this.history = history;
        this.footprints = footprints;
    }

    public String number() {
        return number;
    }

    public JsonNode sheet() {
        return shop.http().get("/api/reviews/" + number).json();
    }

    public String sku() {
        return sheet().path("sku").asText();
    }

    public JsonNode rating() {
        return shop.http().get("/api/products/" + sku() + "/rating").json();
    }

    /** The published reviews of this product. */
    public JsonNode shown() {
        return shop.http().get("/api/products/" + sku() + "/reviews").json().path("items");
    }

    /** A body of this review's buyer: names and values in turn. */
    public String body(Object... namesAndValues) {
        ObjectNode body = Shop.by(sheet().path("buyerId").asText());
        Story.form(namesAndValues).forEach((name, value) -> body.set(name, Shop.JSON.valueToTree(value)));
        return body.toString();
    }

    /** The buyer edits, and it is taken. */
    public ReviewStory edits(Object... namesAndValues) {
        return taken(attemptEdit(namesAndValues));
    }

    public Http.Answer attemptEdit(Object... namesAndValues) {
        return shop.http().put("/api/reviews/" + number, body(namesAndValues));
    }

    /** The shop brings the buyer's next step, and it is taken. */
    public ReviewStory buyer(String step, Object... namesAndValues) {
        return taken(attempt(step, namesAndValues));
    }

    public Http.Answer attempt(String step, Object... namesAndValues) {
        return shop.http().post("/api/reviews/" + number + "/" + step, body(namesAndValues));
    }

    /** Something that is not the buyer's: a reply, a flag. */
    public Http.Answer attemptPlain(String step, Object... namesAndValues) {
        var body = Shop.JSON.valueToTree(Story.form(namesAndValues));
        return shop.http().post("/api/reviews/" + number + "/" + step, body.toString());
    }

    public ReviewStory plain(String step, Object... namesAndValues) {
        return taken(attemptPlain(step, namesAndValues));
    }

    /** A person of the house does something over our REST. */
    public Http.Answer by(String person, String step, Object... namesAndValues) {
        var body = Shop.JSON.valueToTree(Story.form(namesAndValues));
        return Http.as(port, person).post("/api/reviews/" + number + "/" + step, body.toString());
    }

    /** A moderator claims the task and answers it, and the answer is taken. */
    public ReviewStory moderated(String person, Object... namesAndValues) {
        Desk.of(port, person).decides(number, Story.form(namesAndValues));
        return this;
    }

    /** The same when the person has claimed the task already. */
    public ReviewStory moderatedAgain(String person, Object... namesAndValues) {
        var desk = Desk.of(port, person);
        return taken(desk.completes(desk.taskOf(number), Story.form(namesAndValues)));
    }

    /** The code with which an answer to the task is refused. */
    public String refuses(String person, Map<String, Object> answer) {
        var answered = Desk.of(port, person).answers(number, answer);
        assertThat(answered.status()).as(answered.toString()).isBetween(400, 499);
        return answered.code();
    }

    public ReviewStory waitsForModerator() {
        assertThat(active()).contains(MODERATE);
        return this;
    }

    public ReviewStory is(String status) {
        assertThat(sheet().path("status").asText()).as(sheet().toPrettyString()).isEqualTo(status);
        return this;
    }

    public ReviewStory next(String owner, String action, String consequence) {
        assertThat(StreamSupport.stream(sheet().path("next").spliterator(), false)
                        .map(next -> List.of(
                                next.path("owner").asText(),
                                next.path("action").asText(),
                                next.path("consequence").asText())))
                .containsExactly(List.of(owner, action, consequence));
        return this;
    }

    public ReviewStory nothingNext() {
        assertThat(sheet().path("next")).isEmpty();
        assertThat(active()).isEmpty();
        return this;
    }

    public ReviewStory passed(String... elements) {
        assertThat(footprintsOf(processInstances())).containsSubsequence(elements);
        return this;
    }

    public ReviewStory neverPassed(String... elements) {
        assertThat(footprintsOf(processInstances())).doesNotContain(elements);
        return this;
    }

    public ReviewStory isDue(String timer, Duration fromNow) {
        assertThat(timer(timer).getDuedate().toInstant())
                .isCloseTo(clock.instant().plus(fromNow), within(1, ChronoUnit.MINUTES));
        return this;
    }

    public ReviewStory fires(String timer) {
        management.executeJob(timer(timer).getId());
        return this;
    }

    public List<String> events() {
        return StreamSupport.stream(sheet().path("timeline").spliterator(), false)
                .map(entry -> entry.path("event").asText())
                .toList();
    }

    public List<String> processInstances() {
        return history.createHistoricProcessInstanceQuery().processInstanceBusinessKey(number).list().stream()
                .map(HistoricProcessInstance::getId)
                .toList();
    }

    private ReviewStory taken(Http.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 299);
        return this;
    }

    private List<String> footprintsOf(List<String> instances) {
        return instances.stream().flatMap(id -> footprints.of(id).stream()).toList();
    }

    private List<String> active() {
        return runtime.createProcessInstanceQuery().processInstanceBusinessKey(number).list().stream()
                .flatMap(instance -> runtime.getActiveActivityIds(instance.getId()).stream())
                .toList();
    }

    private Job timer(String activity) {
        return processInstances().stream()
                .flatMap(instance ->
                        management
                                .createJobQuery()
                                .processInstanceId(instance)
                                .activityId(activity)
                                .timers()
                                .list()
                                .stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no timer " + activity + " on " + number));
    }
}
