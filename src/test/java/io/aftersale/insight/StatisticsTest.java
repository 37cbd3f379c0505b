package io.aftersale.insight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.aftersale.support.Given;
import io.aftersale.support.Http;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Story;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Figures over real HTTP, of cases that really run. Others leave cases here too, so each test looks at what it added. */
@RunningApp
class StatisticsTest {
    private static final String ALL = "/api/statistics";

    @Autowired
    Given given;

    @Autowired
    Bookkeeping bookkeeping;

    private Http shop;

    @BeforeEach
    void comeIn() {
        shop = Http.as(given.port(), "shop");
    }

    @Test
    void a_refund_that_was_audited_and_paid_shows_in_every_figure_and_a_recount_agrees() {
        var before = ask(ALL + "?by=kind,reason");
        var differences = bookkeeping.recount().toString();

        var story = given.aRefund();
        var applied = group(ask(ALL + "?by=kind,reason"), "REFUND", "DAMAGED");
        story.at("Task_AuditApplication", "reviewer", Story.form("decision", "APPROVE"));
        story.becomes("COMPLETED");

        var was = group(before, "REFUND", "DAMAGED");
        var is = group(ask(ALL + "?by=kind,reason"), "REFUND", "DAMAGED");
        assertThat(added(was, applied, "/applied")).isEqualTo(1);
        assertThat(added(was, applied, "/open")).isEqualTo(1);
        assertThat(added(was, is, "/applied")).isEqualTo(1);
        assertThat(added(was, is, "/approved")).isEqualTo(1);
        assertThat(added(was, is, "/open")).isZero();
        assertThat(added(was, is, "/outcomes/REFUNDED")).isEqualTo(1);
        assertThat(added(was, is, "/amounts/0/requested/sum")).isEqualTo(3_000);
        assertThat(added(was, is, "/amounts/0/paid/sum")).isEqualTo(3_000);
        assertThat(added(was, is, "/times/audit/count")).isEqualTo(1);
        assertThat(added(was, is, "/times/money/count")).isEqualTo(1);
        assertThat(added(was, is, "/deadlines/kept")).isEqualTo(1);
        assertThat(is.at("/amounts/0/currency").asText()).isEqualTo("CNY");

        bookkeeping.keepUp();
        assertThat(group(ask(ALL + "?by=kind,reason"), "REFUND", "DAMAGED"))
                .as("the same once it is added up")
                .isEqualTo(is);
        assertThat(bookkeeping.recount().toString()).isEqualTo(differences);
    }

    @Test
    void rules_products_and_rejections_are_counted_too() {
        given.aRefundOfSomethingNoLongerWanted();

        var total = ask(ALL).path("total");
        assertThat(StreamSupport.stream(total.path("rules").spliterator(), false)
                        .map(rule -> rule.path("table").asText()))
                .contains("eligibility", "deadlines");
        assertThat(total.path("rejected").asLong()).isPositive();
        assertThat(total.at("/rejectionShare/exact").asText()).contains("/");
        var products = ask(ALL + "?by=sku").path("items");
        assertThat(products.findValuesAsText("sku")).isNotEmpty();
        assertThat(ask(ALL + "?by=sku,reason").path("items").findValuesAsText("reason"))
                .contains("NO_LONGER_WANTED");
        assertThat(ask(ALL + "?by=day").at("/items/0/figures/applied").isNumber())
                .isTrue();
    }

    @Test
    void a_feedback_and_how_satisfied_its_buyer_is_count() {
        var before = ask(ALL + "?by=kind");
        given.aFeedback();
        var after = ask(ALL + "?by=kind");

        assertThat(after.at("/total/feedback/count").asLong()
                        - before.at("/total/feedback/count").asLong(0))
                .isEqualTo(1);
        assertThat(after.at("/total/applied").asLong())
                .as("a feedback is no application")
                .isEqualTo(before.at("/total/applied").asLong());
    }

    @ParameterizedTest
    @CsvSource({
        "?from=2026-11-02&to=2026-11-01,422,field-invalid",
        "?by=colour,422,field-invalid",
        "?from=2016-01-01&to=2026-01-01,422,field-invalid",
        "?from=soon,422,field-invalid",
        "?merchantId=M-2,403,foreign-merchant",
        ".csv?merchantId=M-2,403,foreign-merchant",
        "/deadlines?merchantId=M-2,403,foreign-merchant"
    })
    void bad_questions_are_refused_with_a_reason(String question, int status, String code) {
        var answer = shop.get(ALL + question);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
    }

    @Test
    void each_sees_the_merchants_they_act_for_and_most_see_nothing() {
        assertThat(ask(ALL).path("merchants").toString()).isEqualTo("[\"M-1\"]");
        assertThat(Http.as(given.port(), "owner").get(ALL).json().path("merchants"))
                .hasSize(2);
        assertThat(Http.as(given.port(), "supervisor").get(ALL).status()).isEqualTo(200);
        assertThat(Http.inBrowser(given.port(), "owner", "cockpit").get(ALL).status())
                .isEqualTo(200);
        assertThat(Http.as(given.port(), "reviewer").get(ALL).status()).isEqualTo(403);
        assertThat(Http.stranger(given.port()).get(ALL).status()).isEqualTo(401);
    }

    @Test
    void the_spreadsheet_has_a_row_for_each_group() {
        given.aRefund();

        var answer = shop.get(ALL + ".csv?by=kind");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/csv");
        assertThat(answer.text().lines().findFirst().orElseThrow()).contains("kind,day,sku,", "requestedMinor");
        assertThat(answer.text().lines()).anyMatch(line -> line.startsWith("REFUND,,,,,"));
    }

    /** Products have names of a pattern; what is written here may come from elsewhere one day. */
    @Test
    void nothing_in_a_spreadsheet_is_taken_for_a_formula() {
        var figures = new Figures.Sheet().figures(null);
        var group = new Statistics.Group(null, null, "=1+2,\"x\"", "@M", "-A", figures);
        var day = LocalDate.of(2026, 11, 1);

        String text = StatisticsSheet.of(
                new Statistics(day, day, List.of("sku"), Set.of("M-1"), Buckets.ERROR, figures, List.of(group), 0));

        assertThat(text.lines().skip(1).findFirst().orElseThrow()).startsWith(",,\"'=1+2,\"\"x\"\"\",'@M,'-A,0,");
    }

    @Test
    void the_steps_of_a_flow_are_counted_for_the_own_merchant_only() {
        given.aRefund();

        var mine = shop.get(ALL + "/flows/refund/1");
        assertThat(mine.status()).isEqualTo(200);
        assertThat(mine.json().path("xml").asText()).contains("<bpmn:process");
        assertThat(mine.json().path("steps").findValuesAsText("element")).isNotEmpty();
        assertThat(mine.json().at("/steps/0/passed").asLong()).isPositive();
        assertThat(shop.get(ALL + "/flows/refund/1?merchantId=M-2").code()).isEqualTo("foreign-merchant");
        assertThat(shop.get(ALL + "/flows/refund/4711").code()).isEqualTo("flow-not-found");
        assertThat(shop.get(ALL + "/flows").json().path("items").findValuesAsText("key"))
                .contains("refund", "payout");
    }

    @Test
    void what_is_due_soon_is_listed_with_a_link_to_its_task() {
        var answer = Http.as(given.port(), "owner").get(ALL + "/deadlines");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("items").isArray()).isTrue();
        assertThat(answer.json().path("overdue").isNumber()).isTrue();
    }

    private JsonNode ask(String path) {
        var answer = shop.get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode group(JsonNode statistics, String kind, String reason) {
        return StreamSupport.stream(statistics.path("items").spliterator(), false)
                .filter(item -> item.path("kind").asText().equals(kind)
                        && item.path("reason").asText().equals(reason))
                .map(item -> item.path("figures"))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static long added(JsonNode before, JsonNode after, String pointer) {
        return after.at(pointer).asLong(0) - before.at(pointer).asLong(0);
    }
}
