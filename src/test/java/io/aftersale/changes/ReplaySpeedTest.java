package io.aftersale.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.access.Caller;
import io.aftersale.support.RunningApp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An owner who moves a number wants to see at once what it does. The cases belong to a merchant of their own. */
@RunningApp
class ReplaySpeedTest {
    private static final int CASES = 1_000;
    private static final String MERCHANT = "M-REPLAYED";

    @Autowired
    WhatIfDesk desk;

    @Autowired
    JdbcClient jdbc;

    @Test
    void a_thousand_cases_are_replayed_in_less_than_five_seconds() {
        decideCases();
        byte[] candidate = WhatIfTest.deployed("eligibility")
                .replace("<text>[0..30000]</text>", "<text>[0..10000]</text>")
                .getBytes(StandardCharsets.UTF_8);
        var owner = new Caller("owner", Set.of("process-owners"), Set.of(MERCHANT));

        long begun = System.nanoTime();
        var whatIf = desk.replay(owner, "eligibility", candidate, CASES);
        var took = Duration.ofNanos(System.nanoTime() - begun);

        assertThat(whatIf.replayed().cases()).isEqualTo(CASES);
        assertThat(whatIf.same().decisions() + whatIf.changed().decisions()).isEqualTo(CASES);
        // Every third case asks for 100 times its number: between 100.00 and 300.00 it loses the fast track.
        assertThat(whatIf.groups()).singleElement().satisfies(group -> {
            assertThat(group.from().rule()).isEqualTo("rule_unshipped_fast_track");
            assertThat(group.to().rule()).isEqualTo("rule_unshipped");
            assertThat(group.items())
                    .isNotEmpty()
                    .allSatisfy(item -> assertThat(item.requestedMinor()).isBetween(10_001L, 30_000L));
        });
        assertThat(took).isLessThan(Duration.ofSeconds(5));
    }

    /** Writes the records that as many real cases would have left. */
    private void decideCases() {
        jdbc.sql("""
                        insert into shop_order (merchant_id, order_id, buyer_id, currency, placed_at, shipping_paid_minor)
                        values (:merchant, 'O-REPLAYED', 'B-1', 'CNY', current_timestamp, 0)
                        """).param("merchant", MERCHANT).update();
        jdbc.sql("""
                        insert into after_sale_case (number, merchant_id, kind, order_id, buyer_id, currency, status,
                               reason, basis, include_shipping, pay_to_method, requested_minor, refundable_minor,
                               shipping_minor, application_no, applied_at)
                        select 'AS-2019-' || lpad(cast(x as varchar), 8, '0'), :merchant, 'REFUND', 'O-REPLAYED', 'B-1',
                               'CNY', 'COMPLETED', 'NO_LONGER_WANTED', 'UNSHIPPED', false, 'ORIGINAL', 100 * x, 100 * x,
                               0, 1, current_timestamp
                        from (select row_number() over () as x from information_schema.columns limit :cases) numbers
                        """).param("merchant", MERCHANT).param("cases", CASES).update();
        jdbc.sql("""
                        insert into case_ruling (case_number, application_no, line_id, ruled_at, table_name,
                               table_version, rule_id, inputs, outputs)
                        select number, 1, '1', applied_at, 'eligibility', 1,
                               case when mod(requested_minor, 300) > 0 or requested_minor > 30000 then 'rule_unshipped'
                                    else 'rule_unshipped_fast_track' end,
                               '{"kind":"REFUND","basis":"UNSHIPPED","goodsClass":"ORDINARY","exclusionConfirmed":false,'
                                   || '"intactness":"NOT_SEEN","shipped":false,"delivered":false,"minutesSincePaid":'
                                   || case when mod(requested_minor, 300) > 0 then '121' else '5' end
                                   || ',"dayNo":null,"inWarranty":false,"failedRepairs":0,"amountMinor":'
                                   || requested_minor || ',"casesOfBuyer30d":1,"partlyRefunded":false}',
                               case when mod(requested_minor, 300) > 0 or requested_minor > 30000 then :audit
                                    else :approve end
                        from after_sale_case where merchant_id = :merchant
                        """)
                .param("merchant", MERCHANT)
                .param("audit", outputs("AUDIT", "rule_unshipped"))
                .param("approve", outputs("APPROVE", "rule_unshipped_fast_track"))
                .update();
    }

    /** The outputs of a row of the packaged table. */
    private static String outputs(String verdict, String rule) {
        String row = WhatIfTest.deployed("eligibility").split("<rule id=\"" + rule + "\">", 2)[1];
        String[] cells = row.split("<outputEntry", 5);
        return "{\"verdict\":\"%s\",\"reasonCode\":%s,\"legalBasis\":%s}"
                .formatted(verdict, text(cells[2]), text(cells[3]));
    }

    private static String text(String cell) {
        return cell.replaceAll("(?s).*?<text>(.*?)</text>.*", "$1");
    }
}
