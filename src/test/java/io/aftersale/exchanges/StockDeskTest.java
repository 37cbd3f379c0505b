package io.aftersale.exchanges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.Deadlines;
import io.aftersale.cases.Timeline;
import io.aftersale.cases.Wishes;
import io.aftersale.logistics.OutsideTroubleException;
import io.aftersale.logistics.Reservation;
import io.aftersale.logistics.Stock;
import io.aftersale.orders.OrderBook;
import io.aftersale.support.Given;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Story;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Units are set aside, handed out and freed once, whatever crashes, times out or repeats between any two lines. */
@RunningApp
class StockDeskTest {
    @Autowired
    Given given;

    @Autowired
    StockHolds holds;

    @Autowired
    CaseFiles files;

    @Autowired
    Wishes wishes;

    @Autowired
    OrderBook orders;

    @Autowired
    Deadlines deadlines;

    @Autowired
    Timeline timeline;

    @Autowired
    PlatformTransactionManager transactions;

    private final FakeStock stock = new FakeStock();
    private StockDesk desk;
    private Story story;

    /** An exchange that nobody has approved yet: only this test reserves for it. */
    @BeforeEach
    void open() {
        desk = new StockDesk(holds, stock, files, wishes, orders, deadlines, timeline, transactions);
        story = given.anExchange(2);
    }

    @Test
    void killed_before_it_was_set_aside_it_asks_first_and_reserves_under_the_same_id() {
        stock.kills("reserve", false);
        assertKilled(() -> desk.reserve(story.number()));
        assertThat(state()).isEqualTo(StockHold.State.ASKED);

        assertThat(desk.reserve(story.number())).isTrue();

        assertThat(stock.calls).containsExactly("reserve", "is reserved", "reserve");
        assertThat(stock.setAside).as("under one id").hasSize(1).containsValue(2);
        assertNoted("stock-reserved");
    }

    @Test
    void killed_after_it_was_set_aside_it_asks_and_reserves_nothing_more() {
        stock.kills("reserve", true);
        assertKilled(() -> desk.reserve(story.number()));

        assertThat(desk.reserve(story.number())).isTrue();
        assertThat(desk.reserve(story.number())).as("asked again").isTrue();

        assertThat(stock.calls).containsExactly("reserve", "is reserved");
        assertNoted("stock-reserved");
    }

    @Test
    void a_question_without_an_answer_leaves_it_open_and_reserves_nothing_blindly() {
        stock.kills("reserve", true);
        assertKilled(() -> desk.reserve(story.number()));
        stock.isSilent = true;

        assertThatThrownBy(() -> desk.reserve(story.number())).isInstanceOf(OutsideTroubleException.class);

        assertThat(Collections.frequency(stock.calls, "reserve")).isEqualTo(1);
        assertThat(state()).isEqualTo(StockHold.State.ASKED);
    }

    @Test
    void a_flow_that_loses_its_transaction_after_the_answer_reserves_once() {
        assertKilled(() -> new TransactionTemplate(transactions).executeWithoutResult(flow -> {
            desk.reserve(story.number());
            throw new Killed();
        }));

        assertThat(desk.reserve(story.number())).isTrue();

        assertThat(stock.calls).containsExactly("reserve");
        assertNoted("stock-reserved");
    }

    @Test
    void where_none_is_left_it_may_ask_again_later_under_the_same_id() {
        stock.isEmpty = true;
        assertThat(desk.reserve(story.number())).isFalse();
        assertThat(state()).isEqualTo(StockHold.State.NONE);
        stock.isEmpty = false;

        assertThat(desk.reserve(story.number())).isTrue();

        assertThat(stock.setAside).hasSize(1).containsValue(2);
        assertThat(state()).isEqualTo(StockHold.State.RESERVED);
    }

    @Test
    void what_is_released_is_free_once_and_never_set_aside_again() {
        desk.reserve(story.number());
        stock.kills("release", true);
        assertKilled(() -> desk.release(story.number()));
        assertThat(state()).isEqualTo(StockHold.State.RESERVED);

        desk.release(story.number());
        desk.release(story.number());

        assertThat(stock.setAside).containsValue(0);
        assertThat(Collections.frequency(stock.calls, "release")).isEqualTo(2);
        assertNoted("stock-released");
        assertThat(desk.reserve(story.number())).isFalse();
        assertThat(Collections.frequency(stock.calls, "reserve")).isEqualTo(1);
    }

    @Test
    void what_is_handed_out_leaves_once_and_cannot_be_freed_any_more() {
        desk.reserve(story.number());
        stock.kills("hand out", true);
        assertKilled(() -> desk.handOut(story.number(), 1));

        desk.handOut(story.number(), 1);
        desk.handOut(story.number(), 1);
        desk.release(story.number());

        assertThat(state()).isEqualTo(StockHold.State.TAKEN);
        assertThat(stock.handedOut).hasSize(1).containsValue(1);
        assertThat(stock.calls).containsExactly("reserve", "hand out", "hand out");
    }

    @Test
    void nothing_is_handed_out_that_is_not_set_aside() {
        assertThatThrownBy(() -> desk.handOut(story.number(), 1)).isInstanceOf(IllegalStateException.class);
        desk.reserve(story.number());
        desk.release(story.number());
        assertThatThrownBy(() -> desk.handOut(story.number(), 1)).isInstanceOf(IllegalStateException.class);

        assertThat(stock.handedOut).isEmpty();
    }

    private StockHold.State state() {
        return holds.find(story.number()).orElseThrow().state();
    }

    private void assertNoted(String event) {
        assertThat(Collections.frequency(story.events(), event)).isEqualTo(1);
    }

    private static void assertKilled(Runnable work) {
        assertThatThrownBy(work::run).isInstanceOf(Killed.class);
    }

    /** The end of the process that asked, at this very line. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A stock system that knows each id once, and that can kill whoever asks, before or after it has done its part. */
    private static final class FakeStock implements Stock {
        private final List<String> calls = new ArrayList<>();
        private final Map<String, Integer> setAside = new HashMap<>();
        private final Map<String, Integer> handedOut = new HashMap<>();
        private boolean isEmpty;
        private boolean isSilent;
        private String deadlyCall;
        private boolean isDoneBefore;

        void kills(String call, boolean isDone) {
            deadlyCall = call;
            isDoneBefore = isDone;
        }

        @Override
        public boolean isInStock(String merchantId, String sku, int quantity) {
            return !isEmpty;
        }

        @Override
        public boolean reserve(Reservation it) {
            does("reserve", () -> {
                if (!isEmpty) {
                    setAside.putIfAbsent(it.id(), it.quantity());
                }
            });
            return !isEmpty;
        }

        @Override
        public boolean isReserved(String reservationId) {
            calls.add("is reserved");
            if (isSilent) {
                throw new OutsideTroubleException("no answer");
            }
            return setAside.getOrDefault(reservationId, 0) > 0;
        }

        @Override
        public void handOut(String reservationId, int quantity) {
            does("hand out", () -> handedOut.putIfAbsent(reservationId, quantity));
        }

        @Override
        public void release(String reservationId) {
            does("release", () -> setAside.put(reservationId, 0));
        }

        private void does(String call, Runnable work) {
            calls.add(call);
            boolean isDeadly = call.equals(deadlyCall);
            if (!isDeadly || isDoneBefore) {
                work.run();
            }
            if (isDeadly) {
                deadlyCall = null;
                throw new Killed();
            }
        }
    }
}
