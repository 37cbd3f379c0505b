package io.aftersale.changes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersale.support.Http;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tables are tried on what was decided before, over real HTTP. Each test looks for the cases that it made itself. */
@RunningApp
class WhatIfTest {
    private static final String FAST_TRACK = "rule_unshipped_fast_track";

    @LocalServerPort
    int port;

    @Autowired
    Clock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    IdentityService identities;

    private Http owner;
    private Shop shop;

    @BeforeEach
    void comeIn() {
        owner = Http.as(port, "owner");
        shop = Shop.at(port, clock);
    }

    @Test
    void a_lower_limit_of_the_fast_track_shows_exactly_the_cases_that_would_have_been_audited() {
        String small = fastTrackCase(shop, 5_000);
        String large = fastTrackCase(shop, 25_000);
        String larger = fastTrackCase(shop, 29_900);
        String audited = shop.opens(Shop.application(shop.sells(), 1));

        var answer = owner.send(candidate("eligibility", fastTrackUpTo(10_000)));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        var group = groupFrom(answer.json(), FAST_TRACK);
        assertThat(group.path("to").path("rule").asText()).isEqualTo("rule_unshipped");
        assertThat(casesOf(group)).contains(large, larger).doesNotContain(small, audited);
        assertThat(allCases(answer.json())).doesNotContain(small, audited);
        var item = itemOf(group, large);
        assertThat(item.path("old").path("version").asInt()).isPositive();
        assertThat(item.path("old").path("outputs").path("verdict").asText()).isEqualTo("APPROVE");
        assertThat(item.path("candidate").path("outputs").path("verdict").asText())
                .isEqualTo("AUDIT");
        assertThat(item.path("candidate").path("version").isNull()).isTrue();
        assertThat(item.path("requestedMinor").asLong()).isEqualTo(25_000);
        assertThat(item.path("lineId").asText()).isEqualTo("1");
        assertThat(answer.json().path("same").path("decisions").asInt()).isPositive();
    }

    @Test
    void money_is_summed_up_once_for_each_case_and_by_currency() {
        fastTrackCase(shop, 25_000);
        String ofTwoLines = shop.opens(twoLines());

        var answer = owner.send(candidate("eligibility", fastTrackUpTo(10_000))).json();

        var group = groupFrom(answer, FAST_TRACK);
        assertThat(itemsOf(group, ofTwoLines)).hasSize(2);
        var sums = new LinkedHashMap<String, Long>();
        var counted = new LinkedHashMap<String, JsonNode>();
        group.path("items").forEach(item -> counted.put(item.path("caseNumber").asText(), item));
        counted.values()
                .forEach(item -> sums.merge(
                        item.path("currency").asText(),
                        item.path("requestedMinor").asLong(),
                        Long::sum));
        assertThat(group.path("sum").path("cases").asInt()).isEqualTo(counted.size());
        assertThat(group.path("sum").path("decisions").asInt())
                .isEqualTo(group.path("items").size());
        group.path("sum")
                .path("money")
                .forEach(money -> assertThat(money.path("amountMinor").asLong())
                        .isEqualTo(sums.get(money.path("currency").asText())));
    }

    @Test
    void a_file_that_no_deployment_would_take_is_tried_all_the_same_and_says_so() {
        fastTrackCase(shop, 25_000);
        String unlawful = deployed("eligibility").replace("[0..7]", "[0..3]");

        var answer = owner.send(candidate("eligibility", unlawful));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("refusal").asText()).startsWith("eligibility.dmn is refused: row ");
        assertThat(owner.send(candidate("eligibility", fastTrackUpTo(10_000)))
                        .json()
                        .path("refusal")
                        .isNull())
                .isTrue();
    }

    @Test
    void the_deployed_table_itself_changes_nothing() {
        fastTrackCase(shop, 1_000);

        var answer =
                owner.send(candidate("eligibility", deployed("eligibility"))).json();

        assertThat(answer.path("groups")).isEmpty();
        assertThat(answer.path("changed").path("decisions").asInt()).isZero();
        assertThat(answer.path("same").path("otherRule").asInt()).isZero();
        assertThat(answer.path("same").path("decisions").asInt())
                .isEqualTo(answer.path("replayed").path("decisions").asInt());
    }

    @Test
    void the_other_tables_can_be_tried_too() {
        String number = shop.opens(Shop.application(shop.sells(), 1));

        var routing = owner.send(candidate(
                        "audit-routing",
                        deployed("audit-routing")
                                .replace("<text>\"reviewers\"</text>", "<text>\"supervisors\"</text>")))
                .json();
        var deadlines = owner.send(candidate("deadlines", deployed("deadlines").replace("\"PT48H\"", "\"PT12H\"")))
                .json();

        assertThat(allCases(routing)).contains(number);
        assertThat(allCases(deadlines)).contains(number);
    }

    @Test
    void tables_about_reviews_and_feedback_are_tried_on_those() {
        var bought = shop.sells(shop.delivered(Duration.ofDays(2)));
        var text = Shop.by(bought.buyerId())
                .put("orderId", bought.orderId())
                .put("lineId", "1")
                .put("stars", 4)
                .put("content", "A plain mug, keeps tea warm.");
        String review = numberOf(shop.http().post("/api/reviews", text.toString()));
        String feedback =
                numberOf(shop.http().post("/api/feedback", Shop.feedback(bought).toString()));

        var moderated = owner.send(candidate(
                        "review-moderation", deployed("review-moderation").replace("\"PUBLISH\"", "\"MODERATE\"")))
                .json();
        var refused = owner.send(candidate(
                        "review-eligibility", deployed("review-eligibility").replace("\"ALLOW\"", "\"REFUSE\"")))
                .json();
        var hurried = owner.send(candidate(
                        "feedback-triage",
                        deployed("feedback-triage")
                                .replace("<text>\"answer\"</text>", "<text>\"answer-urgent\"</text>")))
                .json();

        assertThat(allCases(moderated)).contains(review);
        assertThat(allCases(refused)).contains(review);
        assertThat(allCases(hurried)).contains(feedback);
        assertThat(moderated.path("changed").path("cases").asInt()).isPositive();
        assertThat(moderated.path("changed").path("money")).isEmpty();
        assertThat(owner.get("/api/rules").json().path("items"))
                .filteredOn(table -> table.path("key").asText().startsWith("review-"))
                .hasSize(2)
                .allSatisfy(
                        table -> assertThat(table.path("decisions").asLong()).isPositive());
    }

    @Test
    void nothing_is_changed_by_it() {
        fastTrackCase(shop, 25_000);
        var before = rowCounts();

        assertThat(owner.send(candidate("eligibility", fastTrackUpTo(1))).status())
                .isEqualTo(200);
        assertThat(owner.send(multipart("eligibility", fastTrackUpTo(1))).status())
                .isEqualTo(200);

        assertThat(rowCounts()).isEqualTo(before);
        assertThat(versionOf("eligibility")).isEqualTo(1);
    }

    @Test
    void no_more_than_the_newest_cases_are_replayed() {
        fastTrackCase(shop, 25_000);
        String newest = fastTrackCase(shop, 26_000);

        var one = owner.send(candidate("eligibility?last=1", fastTrackUpTo(10_000)))
                .json();

        assertThat(one.path("replayed").path("cases").asInt()).isEqualTo(1);
        assertThat(allCases(one)).containsExactly(newest);
        for (String odd : List.of("0", "-1", "10001", "many", "1e3", "99999999999999999999", "")) {
            var refused = owner.send(candidate("eligibility?last=" + odd, fastTrackUpTo(1)));
            assertThat(refused.status()).as(refused.toString()).isIn(200, 422);
            assertThat(refused.status() == 200).isEqualTo(odd.isEmpty());
        }
    }

    @Test
    void what_the_candidate_looks_at_and_nobody_told_the_table_is_said() {
        String number = fastTrackCase(shop, 2_000);
        String asksMore = deployed("eligibility").replace("<text>goodsClass</text>", "<text>moodOfBuyer</text>");

        var answer = owner.send(candidate("eligibility", asksMore)).json();

        assertThat(answer.path("replayed").path("decisions").asInt()).isZero();
        var reason = answer.path("notReplayed").path("reasons").get(0);
        assertThat(reason.path("reason").asText()).contains("'moodOfBuyer'");
        assertThat(reason.path("decisions").asInt())
                .isEqualTo(answer.path("notReplayed").path("decisions").asInt());
        assertThat(reason.path("cases").toString()).contains(number);
    }

    @Test
    void an_input_that_does_not_fit_the_candidates_type_is_said() {
        String number = fastTrackCase(shop, 2_000);
        String odd = deployed("eligibility")
                .replace(
                        "<inputExpression id=\"expression_kind\" typeRef=\"string\">",
                        "<inputExpression id=\"expression_kind\" typeRef=\"long\">");

        var answer = owner.send(candidate("eligibility", odd)).json();

        assertThat(answer.path("replayed").path("decisions").asInt()).isZero();
        assertThat(answer.path("notReplayed").path("reasons").toString()).contains(number);
    }

    @Test
    void people_see_the_cases_of_their_merchants_only() {
        String foreign = fastTrackCase(Shop.at(port, "shop2", clock), 25_000);
        identities.deleteTenantUserMembership("M-2", "supervisor");
        try {
            var supervisor = Http.as(port, "supervisor");
            assertThat(allCases(supervisor
                            .send(candidate(supervisor, "eligibility", fastTrackUpTo(10_000)))
                            .json()))
                    .doesNotContain(foreign);
        } finally {
            identities.createTenantUserMembership("M-2", "supervisor");
        }
        assertThat(allCases(owner.send(candidate("eligibility", fastTrackUpTo(10_000)))
                        .json()))
                .contains(foreign);
    }

    @Test
    void owners_and_supervisors_may_ask_and_nobody_else() {
        String file = deployed("eligibility");
        for (String user : List.of("shop", "reviewer", "finance", "admin")) {
            var answer = Http.as(port, user).send(candidate(Http.as(port, user), "eligibility", file));
            assertThat(answer.status()).as(user).isEqualTo(403);
            assertThat(Http.as(port, user).get("/api/rules").status()).isEqualTo(403);
            assertThat(Http.as(port, user).get("/rules").status()).isEqualTo(403);
        }
        var supervisor = Http.as(port, "supervisor");
        assertThat(supervisor.send(candidate(supervisor, "eligibility", file)).status())
                .isEqualTo(200);
        var stranger = Http.stranger(port);
        assertThat(stranger.send(candidate(stranger, "eligibility", file)).status())
                .isEqualTo(401);
    }

    @Test
    void a_session_of_the_web_apps_will_do_when_our_own_page_asks() {
        String file = deployed("eligibility");
        var browser = Http.inBrowser(port, "owner", "cockpit");

        assertThat(browser.get("/api/rules").status()).isEqualTo(200);
        assertThat(browser.send(candidate(browser, "eligibility", file).header("X-Requested-With", "rules"))
                        .status())
                .isEqualTo(200);
        assertThat(browser.send(candidate(browser, "eligibility", file)).status())
                .as("another site cannot send the header")
                .isEqualTo(401);
    }

    @Test
    void tables_are_listed_with_what_can_be_tried_and_given_out_as_files() {
        fastTrackCase(shop, 1_000);

        var tables = owner.get("/api/rules").json().path("items");

        var eligibility = StreamSupport.stream(tables.spliterator(), false)
                .filter(it -> it.path("key").asText().equals("eligibility"))
                .findFirst()
                .orElseThrow();
        assertThat(eligibility.path("version").asInt()).isEqualTo(1);
        assertThat(eligibility.path("packaged").asBoolean()).isTrue();
        assertThat(eligibility.path("decisions").asLong()).isPositive();
        assertThat(owner.get("/api/rules/eligibility/file").text()).isEqualTo(deployed("eligibility"));
        assertThat(owner.get("/api/rules/no-such-table/file").code()).isEqualTo("table-not-found");
    }

    private String fastTrackCase(Shop shop, long paidMinor) {
        var order = shop.sells(
                Shop.onlyLine(1, paidMinor).andThen(facts -> shop.notShipped().accept(facts)));
        return shop.opens(Shop.application(order, 1).put("reason", "NO_LONGER_WANTED"));
    }

    private static String numberOf(Http.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json().path("number").asText();
    }

    private JsonNode twoLines() {
        var order = shop.sells(Shop.onlyLine(1, 12_000).andThen(facts -> {
            Shop.line(facts, "2", 1, 13_000);
            facts.remove("tenders");
            Shop.tender(facts, "CARD", 25_000);
            shop.notShipped().accept(facts);
        }));
        var application = Shop.application(order, 1).put("reason", "NO_LONGER_WANTED");
        application.withArray("lines").addObject().put("lineId", "2").put("quantity", 1);
        return application;
    }

    private int versionOf(String table) {
        return StreamSupport.stream(owner.get("/api/rules").json().path("items").spliterator(), false)
                .filter(it -> it.path("key").asText().equals(table))
                .findFirst()
                .orElseThrow()
                .path("version")
                .asInt();
    }

    /** Of all that a what-if might touch; what jobs do in the background has tables of its own. */
    private Map<String, Long> rowCounts() {
        var counts = new LinkedHashMap<String, Long>();
        jdbc
                .sql("select table_name from information_schema.tables where lower(table_schema) = 'public'")
                .query(String.class)
                .list()
                .stream()
                .filter(table -> table.matches(
                        "(?i)act_re_.*|act_hi_dec.*|act_id_.*|after_sale_case|case_.*|approval|audit_decision"))
                .forEach(table -> counts.put(
                        table,
                        jdbc.sql("select count(*) from \"" + table + "\"")
                                .query(Long.class)
                                .single()));
        assertThat(counts).hasSizeGreaterThan(15);
        return counts;
    }

    private static String fastTrackUpTo(long amountMinor) {
        return deployed("eligibility").replace("<text>[0..30000]</text>", "<text>[0.." + amountMinor + "]</text>");
    }

    static String deployed(String table) {
        try {
            return Files.readString(Path.of("bpmn/decisions", table + ".dmn"));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private HttpRequest.Builder candidate(String tableAndQuery, String file) {
        return candidate(owner, tableAndQuery, file);
    }

    static HttpRequest.Builder candidate(Http http, String tableAndQuery, String file) {
        String[] parts = tableAndQuery.split("\\?", 2);
        return http.request("POST", "/api/rules/" + parts[0] + "/what-if" + (parts.length == 2 ? "?" + parts[1] : ""))
                .header("Content-Type", "application/xml")
                .method("POST", BodyPublishers.ofString(file));
    }

    private HttpRequest.Builder multipart(String table, String file) {
        String body = "--end\r\nContent-Disposition: form-data; name=\"file\"; filename=\"t.dmn\"\r\n\r\n" + file
                + "\r\n--end--\r\n";
        return owner.request("POST", "/api/rules/" + table + "/what-if")
                .header("Content-Type", "multipart/form-data; boundary=end")
                .method("POST", BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode groupFrom(JsonNode answer, String rule) {
        return StreamSupport.stream(answer.path("groups").spliterator(), false)
                .filter(group -> group.path("from").path("rule").asText().equals(rule))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no difference from " + rule + " in " + answer));
    }

    private static List<String> casesOf(JsonNode group) {
        return group.path("items").findValuesAsText("caseNumber");
    }

    private static List<String> allCases(JsonNode answer) {
        return answer.path("groups").findValuesAsText("caseNumber");
    }

    private static JsonNode itemOf(JsonNode group, String number) {
        return itemsOf(group, number).get(0);
    }

    private static List<JsonNode> itemsOf(JsonNode group, String number) {
        return StreamSupport.stream(group.path("items").spliterator(), false)
                .filter(item -> item.path("caseNumber").asText().equals(number))
                .toList();
    }
}
