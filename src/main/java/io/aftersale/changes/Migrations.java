package io.aftersale.changes;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps who moved which cases to which version: the engine forgets a batch as soon as it is done. */
@Repository
class Migrations {
    private final JdbcClient jdbc;

    Migrations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Migration it) {
        jdbc.sql("""
                        insert into flow_migration (batch_id, flow, from_version, to_version, instances, merchant_ids,
                               started_by, started_at)
                        values (:batchId, :flow, :from, :to, :instances, :merchantIds, :startedBy, :startedAt)
                        """)
                .param("batchId", it.batchId())
                .param("flow", it.flow())
                .param("from", it.from())
                .param("to", it.to())
                .param("instances", it.instances())
                .param("merchantIds", String.join("\n", new TreeSet<>(it.merchantIds())))
                .param("startedBy", it.startedBy())
                .param("startedAt", it.startedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Migration> find(String flow, String batchId) {
        return jdbc.sql("""
                        select batch_id, flow, from_version, to_version, instances, merchant_ids, started_by, started_at
                        from flow_migration where flow = :flow and batch_id = :batchId
                        """)
                .param("flow", flow)
                .param("batchId", batchId)
                .query((row, n) -> new Migration(
                        row.getString("batch_id"),
                        row.getString("flow"),
                        row.getInt("from_version"),
                        row.getInt("to_version"),
                        row.getInt("instances"),
                        Set.of(row.getString("merchant_ids").split("\n")),
                        row.getString("started_by"),
                        row.getObject("started_at", OffsetDateTime.class).toInstant()))
                .optional();
    }
}
