package io.aftersale.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.support.AtOnce;
import io.aftersale.support.Database;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class CallbackInboxTest {
    private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");
    private final Callback event = event("carrier", "EV-1");

    @ParameterizedTest
    @EnumSource
    void the_same_event_is_kept_once_however_often_it_comes_at_once(Database database) {
        var inbox = inbox(database);

        var kept = AtOnce.run(8, i -> inbox.keep(event, "{}", true));

        assertThat(kept).containsOnlyOnce(true);
        assertThat(inbox.due("carrier", 10)).containsExactly(event);
    }

    @ParameterizedTest
    @EnumSource
    void senders_have_ids_of_their_own(Database database) {
        var inbox = inbox(database);

        assertThat(inbox.keep(event, "{}", true)).isTrue();
        assertThat(inbox.keep(event("warehouse", "EV-1"), "{}", true)).isTrue();

        assertThat(inbox.due("carrier", 10)).containsExactly(event);
    }

    @ParameterizedTest
    @EnumSource
    void one_worker_takes_an_event_and_the_others_leave_it_alone(Database database) {
        var inbox = inbox(database);
        inbox.keep(event, "{}", true);

        var taken = AtOnce.run(8, i -> inbox.take(event, 60));

        assertThat(taken).containsOnlyOnce(true);
        assertThat(inbox.due("carrier", 10)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void an_event_whose_worker_died_comes_back(Database database) {
        var jdbc = JdbcClient.create(database.open());
        var inbox = new CallbackInbox(jdbc);
        inbox.keep(event, "{}", true);
        inbox.take(event, 60);

        jdbc.sql("update callback set due_at = current_timestamp - interval '1' second")
                .update();

        assertThat(inbox.due("carrier", 10)).hasSize(1);
        assertThat(inbox.due("carrier", 10).get(0).tries()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void what_was_applied_or_cannot_be_read_is_never_due_again_and_never_gone(Database database) {
        var inbox = inbox(database);
        inbox.keep(event, "{}", true);
        inbox.keep(event("carrier", "EV-2"), "{}", false);

        inbox.done(event, "APPLIED", "was on its way, is here", NOW);
        inbox.postpone(event, "too late", 0);

        assertThat(inbox.due("carrier", 10)).isEmpty();
        assertThat(inbox.keep(event, "{}", true)).isFalse();
        assertThat(inbox.count("carrier", "APPLIED")).isEqualTo(1);
        assertThat(inbox.count("carrier", "UNREADABLE")).isEqualTo(1);
    }

    private static CallbackInbox inbox(Database database) {
        return new CallbackInbox(JdbcClient.create(database.open()));
    }

    private static Callback event(String sender, String id) {
        return new Callback(sender, id, Map.of("trackingNumber", "SF1460000001"), NOW, 0);
    }
}
