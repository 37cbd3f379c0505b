package io.aftersale.operations;

import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The store of what operators did and why. Entries are only ever added. */
@Repository
class OperationLog {
    private final JdbcClient jdbc;
    private final Clock clock;

    OperationLog(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param number the business key of what it was done to; may be null */
    void add(String event, String number, String subject, String who, String reason) {
        jdbc.sql("""
                        insert into operation_entry (happened_at, event, number, subject, who, reason)
                        values (:now, :event, :number, :subject, :who, :reason)
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("event", event)
                .param("number", number)
                .param("subject", subject)
                .param("who", who)
                .param("reason", reason)
                .update();
    }
}
