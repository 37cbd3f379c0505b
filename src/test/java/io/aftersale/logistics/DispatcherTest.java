package io.aftersale.logistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.Timeline;
import io.aftersale.support.AtOnce;
import io.aftersale.support.Given;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Story;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What was written down is moved exactly once, whatever crashes, times out or repeats between any two lines. */
@RunningApp
class DispatcherTest {
    private static final String SHELF = "RESTOCK";

    @Autowired
    Given given;

    @Autowired
    Movements movements;

    @Autowired
    CaseFiles files;

    @Autowired
    Timeline timeline;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    private final FakeDepot depot = new FakeDepot();
    private Dispatcher dispatcher;
    private Story story;

    @BeforeEach
    void prepare() {
        dispatcher = new Dispatcher(movements, depot, depot, files, timeline, transactions);
        story = given.aReturn();
    }

    @Test
    void all_that_stays_is_put_away_and_only_what_goes_to_the_buyer_is_sent() {
        Movement shelf = planned("1", SHELF);
        Movement bin = planned("2", "DISPOSE");
        Movement refused = planned("1", Movement.RETURN_TO_BUYER);

        dispatcher.putAway(story.number());
        assertThat(depot.booked).containsOnlyKeys(shelf.id(), bin.id());
        dispatcher.send(story.number(), Movement.REPLACEMENT);
        assertThat(depot.booked).hasSize(2);
        dispatcher.send(story.number(), Movement.RETURN_TO_BUYER);

        assertThat(depot.booked).containsOnlyKeys(shelf.id(), bin.id(), refused.id());
        assertThat(depot.buyers).containsExactly(story.sheet().path("buyerId").asText());
        assertThat(stillOpen()).isZero();
    }

    @Test
    void killed_before_it_was_booked_it_asks_first_and_orders_again_under_the_same_id() {
        Movement it = planned("1", SHELF);
        depot.killsBeforeBooking();
        assertThatThrownBy(() -> dispatcher.putAway(story.number())).isInstanceOf(FakeDepot.Killed.class);
        assertThat(stillOpen()).isEqualTo(1);

        dispatcher.putAway(story.number());

        assertThat(depot.calls).containsExactly("put away " + it.id(), "find " + it.id(), "put away " + it.id());
        assertDoneOnce("goods-put-away", it);
    }

    @Test
    void killed_after_it_was_booked_it_asks_and_orders_nothing_more() {
        Movement it = planned("1", SHELF);
        depot.killsAfterBooking();
        assertThatThrownBy(() -> dispatcher.putAway(story.number())).isInstanceOf(FakeDepot.Killed.class);

        dispatcher.putAway(story.number());

        assertThat(depot.calls).containsExactly("put away " + it.id(), "find " + it.id());
        assertDoneOnce("goods-put-away", it);
    }

    @Test
    void a_parcel_whose_order_has_no_answer_is_asked_for_and_never_ordered_blindly() {
        Movement it = planned("1", Movement.RETURN_TO_BUYER);
        depot.killsAfterBooking();
        assertThatThrownBy(() -> dispatcher.send(story.number(), Movement.RETURN_TO_BUYER))
                .isInstanceOf(FakeDepot.Killed.class);
        depot.isSilent = true;
        assertThatThrownBy(() -> dispatcher.send(story.number(), Movement.RETURN_TO_BUYER))
                .isInstanceOf(OutsideTroubleException.class);
        assertThat(stillOpen()).isEqualTo(1);
        depot.isSilent = false;

        dispatcher.send(story.number(), Movement.RETURN_TO_BUYER);

        assertThat(Collections.frequency(depot.calls, "send " + it.id())).isEqualTo(1);
        assertDoneOnce("goods-sent-back", it);
    }

    @Test
    void a_flow_that_loses_its_transaction_after_the_answer_repeats_nothing() {
        Movement it = planned("1", SHELF);
        assertThatThrownBy(() -> new TransactionTemplate(transactions).executeWithoutResult(flow -> {
                    dispatcher.putAway(story.number());
                    throw new FakeDepot.Killed();
                }))
                .isInstanceOf(FakeDepot.Killed.class);

        dispatcher.putAway(story.number());

        assertThat(depot.calls).containsExactly("put away " + it.id());
        assertDoneOnce("goods-put-away", it);
    }

    @Test
    void what_is_done_stays_done_when_the_next_one_fails() {
        Movement first = planned("1", SHELF);
        Movement second = planned("2", SHELF);
        depot.whileWaiting = () -> {
            if (depot.calls.size() == 2) {
                throw new FakeDepot.Killed();
            }
        };
        assertThatThrownBy(() -> dispatcher.putAway(story.number())).isInstanceOf(FakeDepot.Killed.class);
        depot.whileWaiting = () -> {};

        dispatcher.putAway(story.number());

        assertThat(Collections.frequency(depot.calls, "put away " + first.id())).isEqualTo(1);
        assertThat(depot.calls).endsWith("find " + second.id(), "put away " + second.id());
        assertThat(stillOpen()).isZero();
    }

    @Test
    void the_attempt_is_on_record_and_no_row_is_locked_while_the_outside_thinks() {
        Movement it = planned("1", SHELF);
        depot.whileWaiting = () -> elsewhere(() -> {
            assertThat(jdbc.sql("select attempts from movement where id = ?")
                            .param(it.id())
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
            for (String touch : List.of(
                    "update movement set attempts = attempts where case_number = ?",
                    "update after_sale_case set status = status where number = ?")) {
                assertThat(jdbc.sql(touch).param(story.number()).update()).isEqualTo(1);
            }
        });

        dispatcher.putAway(story.number());

        assertDoneOnce("goods-put-away", it);
    }

    @Test
    void two_workers_at_the_same_moment_leave_one_movement_and_one_entry() {
        Movement it = planned("1", SHELF);

        AtOnce.run(2, i -> {
            dispatcher.putAway(story.number());
            return i;
        });

        assertDoneOnce("goods-put-away", it);
    }

    private Movement planned(String lineId, String purpose) {
        var it = Movement.planned(story.number(), "M-1", lineId, "MUG-" + lineId, purpose, 2, null);
        movements.insert(it);
        return it;
    }

    private int stillOpen() {
        return movements.open(story.number()).size();
    }

    private void assertDoneOnce(String event, Movement it) {
        assertThat(stillOpen()).isZero();
        assertThat(depot.booked).containsOnlyKeys(it.id());
        assertThat(Collections.frequency(story.events(), event)).isEqualTo(1);
        assertThat(jdbc.sql("select reference from movement where id = ?")
                        .param(it.id())
                        .query(String.class)
                        .single())
                .isEqualTo(depot.booked.get(it.id()));
    }

    /** In another thread, and so in another transaction. */
    private static void elsewhere(Runnable work) {
        CompletableFuture.runAsync(work).orTimeout(5, TimeUnit.SECONDS).join();
    }
}
