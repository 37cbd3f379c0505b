package io.aftersale.goods;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The store of what was asked of the stock system and the carrier, and what they did. */
@Repository
class Movements {
    private final JdbcClient jdbc;
    private final Clock clock;

    Movements(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void insert(Movement it) {
        jdbc.sql("""
                        insert into goods_movement (id, case_number, merchant_id, line_id, sku, disposition, quantity,
                               state, asked_at)
                        values (:id, :caseNumber, :merchantId, :lineId, :sku, :disposition, :quantity, 'OPEN', :now)
                        """)
                .param("id", it.id())
                .param("caseNumber", it.caseNumber())
                .param("merchantId", it.merchantId())
                .param("lineId", it.lineId())
                .param("sku", it.sku())
                .param("disposition", it.disposition())
                .param("quantity", it.quantity())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** What is still to be done for a case. */
    List<Movement> open(String caseNumber) {
        return jdbc.sql("""
                        select id, case_number, merchant_id, line_id, sku, disposition, quantity, attempts
                        from goods_movement where case_number = :caseNumber and state = 'OPEN' order by line_id, id
                        """)
                .param("caseNumber", caseNumber)
                .query(Movement.class)
                .list();
    }

    void startAttempt(String id) {
        jdbc.sql("update goods_movement set attempts = attempts + 1 where id = :id and state = 'OPEN'")
                .param("id", id)
                .update();
    }

    /** @return false when it was done before */
    boolean finish(String id, String reference) {
        return jdbc.sql("""
                                update goods_movement set state = 'DONE', reference = :reference, done_at = :now
                                where id = :id and state = 'OPEN'
                                """)
                        .param("reference", reference)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("id", id)
                        .update()
                == 1;
    }
}
