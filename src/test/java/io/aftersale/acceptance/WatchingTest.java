package io.aftersale.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersale.support.Given;
import io.aftersale.support.Http;
import io.aftersale.support.RunningApp;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an operator sees of work that is stuck. */
@RunningApp
class WatchingTest {
    @LocalServerPort
    private int port;

    @Autowired
    private Given given;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MeterRegistry meters;

    @Test
    void a_wait_past_its_due_time_is_counted_for_its_owner() {
        var story = given.aRefund();
        double before = meter("aftersale.deadlines.overdue");
        jdbc.sql("update deadline set due_at = opened_at - interval '1' day where case_number = :number")
                .param("number", story.number())
                .update();
        assertThat(meter("aftersale.deadlines.overdue")).isEqualTo(before + 1);
        assertThat(detail("overdueDeadlines").path("overdue").path("reviewers").asLong())
                .isPositive();
        jdbc.sql("update deadline set due_at = opened_at + interval '1' day where case_number = :number")
                .param("number", story.number())
                .update();
    }

    @Test
    void stuck_steps_and_money_under_way_are_counted() {
        assertThat(meters.find("aftersale.payouts.open").gauges()).hasSize(5);
        assertThat(detail("openPayouts").path("open").path("UNKNOWN").isNumber())
                .isTrue();
        assertThat(detail("openPayouts").path("contradicted").isNumber()).isTrue();
        assertThat(detail("stuckJobs").path("incidents").isNumber()).isTrue();
        assertThat(meter("aftersale.jobs.due")).isGreaterThanOrEqualTo(0);
        assertThat(meter("aftersale.incidents")).isGreaterThanOrEqualTo(0);
    }

    private double meter(String name) {
        return meters.get(name).gauge().value();
    }

    private JsonNode detail(String component) {
        return Http.as(port, "admin")
                .get("/actuator/health")
                .json()
                .path("components")
                .path(component)
                .path("details");
    }
}
