package io.aftersale.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.options.ColorScheme;
import io.aftersale.support.Chromium;
import io.aftersale.support.Given;
import io.aftersale.support.Insight;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Screenshots;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The page of figures in a real browser: both themes, both languages, wide and narrow, by mouse and keyboard. A month of
 * made-up changes is counted for the second shop and taken back at the end; what is drawn is what the tables beside say.
 */
@RunningApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InsightPageTest {
    private static final String SHOP = "M-2";
    private static final String SHOWN = "SHOWN-01";

    @Autowired
    Given given;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    private Chromium chromium;
    private Insight insight;
    private LocalDate today;
    private final List<Row> seeded = new ArrayList<>();

    @BeforeAll
    void seed() {
        assumeTrue(Chromium.executable().isPresent(), "There is no Chromium on the PATH.");
        chromium = Chromium.start();
        today = clock.instant().atZone(ZoneId.of("Asia/Shanghai")).toLocalDate();
        var random = new Random(11);
        for (int back = 0; back < 30; back++) {
            LocalDate day = today.minusDays(back);
            for (String kind : List.of("REFUND", "RETURN", "EXCHANGE", "REPAIR")) {
                for (String reason : List.of("DAMAGED", "NO_LONGER_WANTED", "FAULTY", "LATE")) {
                    long n = random.nextInt(kind.equals("REPAIR") ? 2 : 6);
                    count(day, kind, reason, "CNY", "APPLIED", -1, n, n * 5_000);
                    count(day, kind, reason, "CNY", "APPROVED", -1, n * 4 / 5, n * 4_000);
                    count(day, kind, reason, "CNY", "REJECTED", -1, n / 5, 0);
                    count(day, kind, reason, "CNY", "CLOSED:REFUNDED", -1, n * 4 / 5, 0);
                    count(day, kind, reason, "CNY", "PAID", -1, n * 4 / 5, n * 3_700);
                    count(day, kind, reason, "CNY", "KEPT:audit", -1, n, 0);
                    count(day, kind, reason, "CNY", "MISSED:audit", -1, n / 4, 0);
                    count(day, kind, reason, "CNY", "SATISFACTION", -1, n / 2, n / 2 * (2 + random.nextInt(4)));
                    count(day, kind, reason, "CNY", "AUDIT_TIME", 90 + random.nextInt(25), n, n * 9_000);
                    count(day, kind, reason, "CNY", "MONEY_TIME", 105 + random.nextInt(20), n * 4 / 5, n * 60_000);
                }
            }
        }
        jdbc.sql("insert into rating_day (merchant_id, sku, counted_on, c1, c2, c3, c4, c5)"
                        + " values (:shop, :sku, :day, 3, 2, 7, 21, 45)")
                .param("shop", SHOP)
                .param("sku", SHOWN)
                .param("day", today.minusDays(3))
                .update();
    }

    @AfterEach
    void nothing_went_wrong_in_the_page() {
        if (insight != null) {
            assertThat(insight.mishaps()).isEmpty();
            insight.close();
        }
    }

    @AfterAll
    void takeBack() {
        if (chromium == null) {
            return;
        }
        chromium.close();
        jdbc.sql("delete from rating_day where sku = :sku").param("sku", SHOWN).update();
        seeded.forEach(row -> insert(row, -1));
    }

    @Test
    void an_owner_sees_a_month_in_drawings_and_tables() {
        look("owner", "en-US", ColorScheme.LIGHT, 1280).opens().choosesMerchant(SHOP);

        assertThat(insight.number("canvas")).isEqualTo(5);
        assertThat(insight.drawn()).isEqualTo(5);
        assertThat(insight.number("section:has(canvas) details table"))
                .as("a table beside each")
                .isEqualTo(5);
        assertThat(insight.number("canvas[role=img][aria-label]")).isEqualTo(5);
        assertThat(insight.section("Amounts by kind").textContent())
                .contains("Refund only", "Deviation", "Paid by buyers", "CNY");
        assertThat(insight.spoken()).matches("[\\d,]+ applications from .+ to .+");
        assertThat(insight.text())
                .contains("Applications by day", "Paid back by day", "Reasons", "Deadlines at risk")
                .contains("78 reviews", "How long it took", "Return · Decision");
        assertThat(insight.section("Reasons").textContent()).contains("No longer wanted", "Damaged");
        assertThat(insight.isTooWide()).isFalse();
        insight.photographs(Screenshots.of("insight-whole.png")).photographsTop(Screenshots.of("insight.png"), 1_650);
    }

    @Test
    void a_supervisor_sees_it_in_the_dark_in_chinese_and_on_a_phone() {
        look("supervisor", "zh-CN", ColorScheme.DARK, 1280).opens().choosesMerchant(SHOP);
        assertThat(insight.text()).contains("每日申请", "退货退款", "即将超时").doesNotContain("Applications");
        assertThat(insight.section("原因").textContent()).contains("不想要了", "商品破损");
        insight.photographs(Screenshots.of("insight-zh-dark.png"));
        insight.close();

        look("supervisor", "zh-CN", ColorScheme.DARK, 390).opens().choosesMerchant(SHOP);
        assertThat(insight.isTooWide()).isFalse();
        insight.photographs(Screenshots.of("insight-narrow.png"));
    }

    @Test
    void the_keyboard_is_enough() {
        look("owner", "en-US", ColorScheme.LIGHT, 1280).opens().choosesMerchant(SHOP);

        insight.goesByKeyboardTo("7 days").waits();
        assertThat(insight.number("[data-days='7'][aria-pressed=true]")).isEqualTo(1);
        insight.goesByKeyboardTo("Show as a table");

        assertThat(insight.number("details[open]")).isEqualTo(1);
        assertThat(insight.number("details[open] tbody tr")).isBetween(1, 7);
    }

    @Test
    void what_cannot_be_shown_says_why() {
        look("owner", "en-US", ColorScheme.LIGHT, 1280).opens();

        insight.asks(LocalDate.of(2020, 1, 1), LocalDate.of(2020, 1, 31));
        assertThat(insight.text()).contains("There is not one case");
        insight.asks(today, today.minusDays(2));
        assertThat(insight.text()).contains("'from' is after 'to'").contains("Try again");
        insight.losesTheServer().asks(today, today);
        assertThat(insight.text()).contains("The server does not answer");
        insight.close();

        look("reviewer", "en-US", ColorScheme.LIGHT, 1280).opens();
        assertThat(insight.text()).contains("for process owners and supervisors");
    }

    /** A deadline at risk leads to its task. */
    @Test
    void a_wait_that_is_overdue_is_listed_with_its_task() {
        var story = given.aRefund();
        jdbc.sql("""
                        update deadline set due_at = opened_at where case_number = :number and closed_at is null
                        """).param("number", story.number()).update();

        look("owner", "en-US", ColorScheme.LIGHT, 1280).opens();

        assertThat(insight.text()).contains(story.number(), "overdue");
        assertThat(insight.number("a[href*='/tasklist/default/#/?task='][aria-label$='" + story.number() + "']"))
                .isEqualTo(1);
    }

    @Test
    void the_way_through_a_flow_is_coloured_and_the_viewers_mark_can_be_seen() {
        given.aRefundOfSomethingNoLongerWanted();

        look("owner", "en-US", ColorScheme.LIGHT, 1280).opens().seesTheFlow();

        assertThat(insight.number(".diagram .heat-5")).isPositive();
        assertThat(insight.number(".diagram .heat-badge")).isGreaterThan(2);
        assertThat(insight.isInSight(".diagram .bjs-powered-by")).isTrue();
        assertThat(insight.section("The way through a flow").textContent())
                .contains("Register application", "Waiting now");
        insight.photographs(Screenshots.of("insight-flow.png"));
    }

    private Insight look(String user, String locale, ColorScheme theme, int width) {
        insight = Insight.login(chromium, given.port(), user, locale, theme, width);
        return insight;
    }

    private record Row(
            LocalDate day,
            String kind,
            String reason,
            String currency,
            String measure,
            int bucket,
            long n,
            long total) {}

    private void count(
            LocalDate day,
            String kind,
            String reason,
            String currency,
            String measure,
            int bucket,
            long n,
            long total) {
        var row = new Row(day, kind, reason, currency, measure, bucket, n, total);
        if (n > 0) {
            seeded.add(row);
            insert(row, 1);
        }
    }

    private void insert(Row row, int sign) {
        jdbc.sql("""
                        insert into statistic_change (merchant_id, counted_on, kind, reason, sku, currency, measure,
                               bucket, n, total, squares)
                        values (:shop, :day, :kind, :reason, '', :currency, :measure, :bucket, :n, :total, :squares)
                        """)
                .param("shop", SHOP)
                .param("day", row.day())
                .param("kind", row.kind())
                .param("reason", row.reason())
                .param("currency", row.currency())
                .param("measure", row.measure())
                .param("bucket", row.bucket())
                .param("n", sign * row.n())
                .param("total", sign * row.total())
                .param("squares", sign * row.total() * row.total() / row.n())
                .update();
    }
}
