package io.aftersale.insight;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Counts the steps that cases took through a flow, from the engine's history. It changes nothing there. */
@Repository
class HeatDesk {
    private final JdbcClient jdbc;
    private final Flows flows;

    HeatDesk(JdbcClient jdbc, Flows flows) {
        this.jdbc = jdbc;
        this.flows = flows;
    }

    List<Flows.Version> flows() {
        return flows.all();
    }

    /** @throws Problem FLOW_NOT_FOUND */
    FlowHeat of(String key, int version, Collection<String> merchants) {
        var found = flows.find(key, version)
                .orElseThrow(() -> new Problem(
                        ProblemCode.FLOW_NOT_FOUND, "There is no flow '" + key + "' with a version " + version + "."));
        return new FlowHeat(
                found.key(),
                found.name(),
                found.version(),
                found.versionTag(),
                flows.diagram(found),
                merchants.isEmpty() ? List.of() : steps(found.id(), merchants));
    }

    private List<FlowHeat.Step> steps(String flowId, Collection<String> merchants) {
        return jdbc.sql("""
                        select ACT_ID_ as element, count(*) as passed, avg(DURATION_) as mean_millis,
                               sum(case when END_TIME_ is null then 1 else 0 end) as standing
                        from ACT_HI_ACTINST where PROC_DEF_ID_ = :flow and TENANT_ID_ in (:merchants)
                        group by ACT_ID_ order by ACT_ID_
                        """)
                .param("flow", flowId)
                .param("merchants", merchants)
                .query((row, n) -> {
                    var mean = row.getBigDecimal("mean_millis");
                    return new FlowHeat.Step(
                            row.getString("element"),
                            row.getLong("passed"),
                            row.getLong("standing"),
                            mean == null ? null : mean.doubleValue() / 1_000);
                })
                .list();
    }
}
