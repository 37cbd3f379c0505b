package io.aftersale.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersale.support.Http;
import io.aftersale.support.RunningApp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map.Entry;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The description of our REST: complete, with an example for every body, and behind the login like the calls. */
@RunningApp
class ApiDescriptionTest {
    @LocalServerPort
    private int port;

    @Autowired
    private RequestMappingHandlerMapping requestMappingHandlerMapping;

    private JsonNode api;

    @BeforeEach
    void read() {
        api = Http.as(port, "shop").get("/v3/api-docs").json();
    }

    @Test
    void names_every_call_of_ours_and_none_of_anybody_else() {
        var mapped = new TreeSet<String>();
        requestMappingHandlerMapping
                .getHandlerMethods()
                .forEach((mapping, method) -> mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(verb -> mapped.add(verb + " " + path))));
        assertThat(calls()).extracting(Call::name).isNotEmpty().containsExactlyInAnyOrderElementsOf(mapped);
    }

    @Test
    void gives_every_call_a_summary_a_group_and_the_refusals() {
        assertThat(calls()).allSatisfy(call -> {
            assertThat(call.at().path("summary").asText()).as(call.name()).isNotBlank();
            assertThat(call.at().path("tags")).as(call.name()).hasSize(1);
            assertThat(call.at().at("/tags/0").asText()).as(call.name()).doesNotContain("controller");
            assertThat(call.at().at("/responses/default/$ref").asText())
                    .as(call.name())
                    .isEqualTo("#/components/responses/Problem");
        });
    }

    @Test
    void gives_every_json_body_an_example() {
        var bodies = calls().stream()
                .filter(call -> call.at().at("/requestBody/content").has("application/json"))
                .toList();
        assertThat(bodies).isNotEmpty().allSatisfy(call -> {
            JsonNode body = call.at().at("/requestBody/content").path("application/json");
            String schema = body.at("/schema/$ref").asText().replace("#/components/schemas/", "");
            JsonNode example = api.at("/components/schemas").path(schema).path("example");
            boolean hasExample = body.has("examples") || body.has("example") || example.isObject();
            assertThat(hasExample).as(call.name() + " " + body).isTrue();
        });
    }

    @Test
    void lists_the_stable_codes_and_both_ways_to_prove_who_one_is() {
        assertThat(api.at("/components/schemas/Problem/properties/code/enum")).hasSizeGreaterThan(30);
        assertThat(api.at("/components/securitySchemes/basic/scheme").asText()).isEqualTo("basic");
        assertThat(api.at("/paths/~1api~1callbacks~1payments/post/security/0").has("signature"))
                .isTrue();
    }

    @Test
    void stands_behind_the_login_as_does_its_page() {
        var stranger = Http.stranger(port);
        assertThat(stranger.get("/v3/api-docs").status()).isEqualTo(401);
        assertThat(stranger.get("/swagger-ui/index.html").status()).isEqualTo(401);
        assertThat(Http.as(port, "shop").get("/swagger-ui/index.html").status()).isEqualTo(200);
    }

    private record Call(String name, JsonNode at) {}

    private List<Call> calls() {
        var calls = new ArrayList<Call>();
        for (Entry<String, JsonNode> path : api.path("paths").properties()) {
            for (Entry<String, JsonNode> call : path.getValue().properties()) {
                calls.add(new Call(call.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), call.getValue()));
            }
        }
        return calls;
    }
}
