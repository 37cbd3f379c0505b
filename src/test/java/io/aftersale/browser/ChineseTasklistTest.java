package io.aftersale.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.support.Chromium;
import io.aftersale.support.Given;
import io.aftersale.support.Http;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Screenshots;
import io.aftersale.support.Tasklist;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;

/** Tasklist in Chinese, under our name and without an advertisement, for whoever has a Chinese browser. */
@RunningApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChineseTasklistTest {
    private static final String LOCALES = "META-INF/resources/webjars/camunda/app/tasklist/locales/";
    private static final Pattern FILLED_IN = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");

    /** What a script names in {@code customScripts}, or imports from beside it. */
    private static final Pattern LOADED = Pattern.compile("(?:\"scripts/|from \"\\./)([\\w-]+)(?:\\.js)?\"");

    @Autowired
    Given given;

    @Autowired
    ObjectMapper json;

    private Chromium chromium;

    @AfterAll
    void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void the_chinese_labels_are_complete() throws IOException {
        JsonNode english = read("en.json");
        JsonNode chinese = read("zh.json");

        assertThat(names(chinese.path("labels"))).isEqualTo(names(english.path("labels")));
        assertThat(names(chinese.path("dateLocales"))).isEqualTo(names(english.path("dateLocales")));
        for (String label : names(english.path("labels"))) {
            String text = chinese.path("labels").path(label).asText();
            assertThat(text.isEmpty())
                    .as(label)
                    .isEqualTo(english.path("labels").path(label).asText().isEmpty());
            assertThat(placeholders(text))
                    .as(label)
                    .isEqualTo(placeholders(english.path("labels").path(label).asText()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin/locales/en", "cockpit/locales/de", "tasklist/locales/zh", "welcome/locales/en"})
    void every_web_app_says_what_it_runs_on(String texts) {
        var answer = Http.stranger(given.port()).get("/camunda/app/" + texts + ".json");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("labels").size()).isGreaterThan(90);
        assertThat(answer.json().path("labels").path("BANNER_CE_EOL_TEXT").asText())
                .contains("Camunda 7.24", "2025")
                .doesNotContain("href");
    }

    /** A web app stays empty when one of them is missing, and runs old beside new ones when a browser keeps some. */
    @ParameterizedTest
    @ValueSource(strings = {"tasklist", "cockpit"})
    void every_script_that_a_web_app_loads_is_there_and_asked_for_anew(String app) {
        var stranger = Http.stranger(given.port());
        var waiting = new ArrayDeque<>(List.of("config.js"));
        var seen = new TreeSet<String>();
        while (!waiting.isEmpty()) {
            String script = waiting.remove();
            if (seen.add(script)) {
                var answer = stranger.get("/camunda/app/" + app + "/scripts/" + script);
                assertThat(answer.status()).as(script).isEqualTo(200);
                assertThat(answer.header("Cache-Control")).as(script).isEqualTo("no-cache");
                LOADED.matcher(answer.text()).results().forEach(named -> waiting.add(named.group(1) + ".js"));
            }
        }
        assertThat(seen).hasSizeGreaterThan(2);
    }

    @Test
    void a_language_that_is_not_packed_is_not_there() {
        var stranger = Http.stranger(given.port());

        assertThat(stranger.get("/camunda/app/tasklist/locales/fr.json").status())
                .isEqualTo(404);
        assertThat(stranger.get("/camunda/app/tasklist/locales/..%2Fen.json").status())
                .isGreaterThanOrEqualTo(400);
    }

    @Test
    void a_reviewer_with_a_chinese_browser_works_in_chinese() {
        assumeTrue(Chromium.executable().isPresent(), "There is no Chromium on the PATH.");
        chromium = Chromium.start();
        var story = given.aRefund();

        try (var tasklist = Tasklist.loginInChinese(chromium, given.port(), "reviewer")) {
            tasklist.opensFilter("Audit desk 审核组").opensCase(story.number());
            tasklist.photographs(Screenshots.of("tasklist-zh.png"));

            assertThat(tasklist.title()).isEqualTo("售后 任务");
            assertThat(tasklist.page())
                    .contains("基于 Camunda 7.24", "认领", "流程图", "历史", "按本地时区")
                    .doesNotContain("It is time to migrate", "Claim", "Add Comment", "Start process");
            tasklist.claims()
                    .chooses("Reject 拒绝")
                    .selects("Reason code", "Used by the buyer 已被使用")
                    .writes("Remark", "有使用痕迹")
                    .completes();

            assertThat(tasklist.mishaps()).isEmpty();
        }
        story.is("REJECTED");
    }

    private JsonNode read(String file) throws IOException {
        try (var in = new ClassPathResource(LOCALES + file).getInputStream()) {
            return json.readTree(in);
        }
    }

    private static TreeSet<String> names(JsonNode node) {
        var names = new TreeSet<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> placeholders(String text) {
        var found = new ArrayList<String>();
        var matcher = FILLED_IN.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        found.sort(null);
        return found;
    }
}
