package io.aftersale.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.support.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.actuate.health.Status;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A node takes jobs only while its clock and zone can be trusted. */
class ClockWatchTest implements ClockWatch.JobSwitch {
    private final List<String> switched = new ArrayList<>();
    private final TimeZone zone = TimeZone.getDefault();
    private Duration ahead = Duration.ZERO;

    @Override
    public void on() {
        switched.add("on");
    }

    @Override
    public void off() {
        switched.add("off");
    }

    @AfterEach
    void setBack() {
        TimeZone.setDefault(zone);
    }

    @ParameterizedTest
    @EnumSource
    void a_node_whose_clock_agrees_takes_jobs(Database database) {
        var watch = watch(database);
        watch.look();
        ahead = ClockWatch.TOLERANCE.minusMillis(500);
        watch.look();
        assertThat(switched).isEmpty();
        assertThat(watch.health().getStatus()).isEqualTo(Status.UP);
    }

    @ParameterizedTest
    @EnumSource
    void a_node_that_is_ahead_or_behind_takes_no_jobs_until_it_agrees(Database database) {
        var watch = watch(database);
        ahead = Duration.ofSeconds(5);
        watch.look();
        watch.look();
        assertThat(switched).containsExactly("off");
        assertThat(watch.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(watch.health().getDetails().get("fault").toString()).contains("ahead of the database's");

        ahead = Duration.ofSeconds(-5);
        watch.look();
        assertThat(switched).containsExactly("off");

        ahead = Duration.ZERO;
        watch.look();
        assertThat(switched).containsExactly("off", "on");
        assertThat(watch.health().getStatus()).isEqualTo(Status.UP);
    }

    @ParameterizedTest
    @EnumSource
    void a_node_in_another_zone_takes_no_jobs(Database database) {
        var watch = watch(database);
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Shanghai"));
        watch.look();
        assertThat(switched).containsExactly("off");
        assertThat(watch.health().getDetails().get("fault").toString()).contains("-Duser.timezone=UTC");
    }

    private ClockWatch watch(Database database) {
        InstantSource ours = () -> Instant.now().plus(ahead);
        return new ClockWatch(JdbcClient.create(database.open()), ours, this);
    }
}
