package io.aftersale.access;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of cards, sealed. */
@Repository
class Cards {
    private final JdbcClient jdbc;

    Cards(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record SealedCard(String sealed, String lastFour) {}

    void add(String token, String merchantId, SealedCard card, Instant storedAt) {
        jdbc.sql("""
                insert into card (token, merchant_id, sealed, last_four, stored_at)
                values (:token, :merchantId, :sealed, :lastFour, :storedAt)
                """)
                .param("token", token)
                .param("merchantId", merchantId)
                .param("sealed", card.sealed())
                .param("lastFour", card.lastFour())
                .param("storedAt", storedAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<SealedCard> find(String merchantId, String token) {
        return jdbc.sql("""
                select sealed, last_four
                from card
                where token = :token and merchant_id = :merchantId
                """)
                .param("token", token)
                .param("merchantId", merchantId)
                .query((row, any) -> new SealedCard(row.getString("sealed"), row.getString("last_four")))
                .optional();
    }
}
