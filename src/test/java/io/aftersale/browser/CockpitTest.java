package io.aftersale.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aftersale.support.Chromium;
import io.aftersale.support.Cockpit;
import io.aftersale.support.Given;
import io.aftersale.support.Http;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Screenshots;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;

/** A process owner looks at a flow in the real Cockpit, with the heat map that its community edition lacks. */
@RunningApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CockpitTest {
    @Autowired
    Given given;

    @Autowired
    RepositoryService repository;

    private Chromium chromium;
    private Cockpit cockpit;

    @BeforeAll
    void open() {
        assumeTrue(Chromium.executable().isPresent(), "There is no Chromium on the PATH.");
        chromium = Chromium.start();
    }

    @AfterEach
    void nothing_went_wrong_in_the_page() {
        if (cockpit != null) {
            assertThat(cockpit.mishaps()).isEmpty();
            cockpit.close();
        }
    }

    @AfterAll
    void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void the_diagram_of_a_flow_shows_how_often_and_how_long_each_step_was_taken() {
        given.aRefund();
        given.aLargeRefund();
        given.aRefund().buyer("withdrawal").is("WITHDRAWN");
        given.aRefundOfSomethingNoLongerWanted()
                .fires("Event_ObjectionTimeOver")
                .is("CLOSED");
        given.aRefundBeforeShipping().becomes("COMPLETED");
        given.aRefundBeforeShipping().becomes("COMPLETED");

        cockpit = Cockpit.login(chromium, given.port(), "owner", "en-US").opens(latest("refund"));
        assertThat(cockpit.number(".heat-badge"))
                .as("off until it is asked for")
                .isZero();

        cockpit.shows("How often");
        assertThat(cockpit.number(".heat-5")).isPositive();
        assertThat(cockpit.badgeOf("Task_RegisterApplication").replaceAll("\\D", ""))
                .as("the number that our REST gives")
                .isEqualTo(passed("refund", "Task_RegisterApplication"));
        cockpit.photographs(Screenshots.of("heat-map.png"));
        cockpit.shows("How long");
        assertThat(cockpit.badgeOf("Task_RegisterApplication")).matches("[\\d.,]+ (s|min|h|d)");
        cockpit.shows("Off");
        assertThat(cockpit.number(".heat-badge")).isZero();
        assertThat(cockpit.number("[class*=heat-1], [class*=heat-5]")).isZero();
    }

    @Test
    void in_chinese_and_whoever_may_not_see_figures_is_told_why() {
        given.aRefund();
        cockpit = Cockpit.login(chromium, given.port(), "owner", "zh-CN").opens(latest("audit"));
        cockpit.shows("当前等待");
        assertThat(cockpit.control()).contains("热力图", "少", "多");
        assertThat(cockpit.number(".heat-badge")).isPositive();
        cockpit.close();

        cockpit = Cockpit.login(chromium, given.port(), "admin", "en-US").opens(latest("refund"));
        cockpit.shows("How often");
        assertThat(cockpit.control()).contains("not allow");
    }

    private String latest(String key) {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(key)
                .latestVersion()
                .singleResult()
                .getId();
    }

    private String passed(String key, String element) {
        int version = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(key)
                .latestVersion()
                .singleResult()
                .getVersion();
        var heat = Http.as(given.port(), "owner").get("/api/statistics/flows/" + key + "/" + version);
        return StreamSupport.stream(heat.json().path("steps").spliterator(), false)
                .filter(step -> step.path("element").asText().equals(element))
                .findFirst()
                .orElseThrow()
                .path("passed")
                .asText();
    }
}
