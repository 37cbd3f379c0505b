package io.aftersale.access;

import io.aftersale.problems.ProblemCode;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the description of {@code /api} says of all calls alike: how to log in, and that every refusal is a problem with
 * one of the stable codes. What a single call takes and gives stands at its controller.
 */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
    private static final String BASIC = "basic";
    private static final String SIGNATURE = "signature";
    private static final String PROBLEM = "Problem";
    private static final String PROBLEM_JSON = "application/problem+json";

    @Bean
    OpenAPI describedApi(@Value("${aftersale.version}") String version) {
        return new OpenAPI()
                .info(new Info()
                        .title("Aftersale")
                        .version(version)
                        .description("""
                                After-sale service for online shops: a shop tells its orders, applies for its buyers \
                                and follows their cases. Amounts are integers in minor units (fen, cents), times are \
                                ISO 8601 with offset. Fields may be added, none goes away. Bodies are JSON in UTF-8 \
                                of at most 256 KiB; unknown fields are refused by name.""")
                        .license(new License().name("Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0")))
                .addSecurityItem(new SecurityRequirement().addList(BASIC))
                .components(new Components()
                        .addSecuritySchemes(
                                BASIC,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("basic")
                                        .description("A system's login; it acts for its merchant."))
                        .addSecuritySchemes(
                                SIGNATURE,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.APIKEY)
                                        .in(SecurityScheme.In.HEADER)
                                        .name("X-Signature")
                                        .description("t=<unix seconds>,v1=<hex HMAC-SHA256 of \"t.body\">"))
                        .addSchemas(PROBLEM, problem())
                        .addResponses(PROBLEM, refusal()));
    }

    /** Gives every call its refusals, and the callbacks their signature in place of the login. */
    @Bean
    OpenApiCustomizer refusalsOfEveryCall() {
        return api ->
                api.getPaths().forEach((path, calls) -> calls.readOperations().forEach(call -> describe(path, call)));
    }

    private static void describe(String path, Operation call) {
        call.getResponses().addApiResponse("default", new ApiResponse().$ref("#/components/responses/" + PROBLEM));
        if (path.startsWith("/api/callbacks/")) {
            call.setSecurity(List.of(new SecurityRequirement().addList(SIGNATURE)));
        }
    }

    private static ApiResponse refusal() {
        return new ApiResponse()
                .description("Refused; nothing is left behind. Programs decide on the code, which never changes.")
                .content(new Content()
                        .addMediaType(
                                PROBLEM_JSON,
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))));
    }

    private static Schema<?> problem() {
        var code = new StringSchema();
        Arrays.stream(ProblemCode.values()).map(ProblemCode::code).forEach(code::addEnumItem);
        var schema = new Schema<Map<String, Object>>();
        schema.setType("object");
        schema.setDescription("RFC 9457; some problems have more members, such as field or currentStatus.");
        schema.setProperties(new LinkedHashMap<>());
        schema.addProperty("type", new StringSchema());
        schema.addProperty("title", new StringSchema());
        schema.addProperty("status", new IntegerSchema());
        schema.addProperty("detail", new StringSchema());
        schema.addProperty("code", code);
        var example = new LinkedHashMap<String, Object>();
        var sample = ProblemCode.CASE_NOT_FOUND;
        example.put("type", "/problems/" + sample.code());
        example.put("title", sample.title());
        example.put("status", sample.status());
        example.put("detail", "There is no case AS-2026-00000001.");
        example.put("code", sample.code());
        schema.setExample(example);
        return schema;
    }
}
