package io.aftersale.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Hands the labels to the engine's web apps as they are packed, but for the one line above every page: in place of an
 * advertisement it says what we run on. A copy of each file would do as well, and would grow old with every release.
 */
@RestController
class WebTextsController {
    private static final String PACKED = "META-INF/resources/webjars/camunda/app/%s/locales/%s.json";
    private static final String LINE = "BANNER_CE_EOL_TEXT";
    private static final Map<String, String> RUNS_ON = Map.of(
            "en",
            "Built on Camunda 7.24, its last community release (October 2025). Security mends are this project's own"
                    + " task now.",
            "de",
            "Auf Camunda 7.24 gebaut, der letzten Community-Version (Oktober 2025). Sicherheitskorrekturen sind jetzt"
                    + " Sache dieses Projekts.",
            "zh",
            "基于 Camunda 7.24，即最后一个社区版本（2025 年 10 月）；后续安全修补由本项目自行跟进。");

    private final ObjectMapper json;

    WebTextsController(ObjectMapper json) {
        this.json = json;
    }

    @GetMapping(
            path = "/camunda/app/{app:admin|cockpit|tasklist|welcome}/locales/{language:[a-z]{2}}.json",
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<JsonNode> texts(@PathVariable String app, @PathVariable String language) throws IOException {
        var file = new ClassPathResource(PACKED.formatted(app, language));
        if (!file.exists()) {
            return ResponseEntity.notFound().build();
        }
        JsonNode texts;
        try (var in = file.getInputStream()) {
            texts = json.readTree(in);
        }
        if (texts.path("labels") instanceof ObjectNode labels && RUNS_ON.containsKey(language)) {
            labels.put(LINE, RUNS_ON.get(language));
        }
        return ResponseEntity.ok(texts);
    }
}
