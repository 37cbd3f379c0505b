package io.aftersale.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.aftersale.support.Http;
import io.aftersale.support.RunningApp;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What is no table, is another one, or means harm is refused with a stable code and a sentence, quickly. */
@RunningApp
class HostileCandidateTest {
    private static final String ROUTING = WhatIfTest.deployed("audit-routing");
    private static final String CELL = "<text>[0..200000]</text>";
    private static final String OUTPUT = "<text>\"ONE_APPROVAL\"</text>";

    @LocalServerPort
    int port;

    static Stream<Arguments> candidates() {
        return Stream.of(
                arguments("nothing", "", "candidate-not-xml"),
                arguments("blanks", "   \n", "candidate-not-xml"),
                arguments("JSON", "{\"a\":1}", "candidate-not-xml"),
                arguments("a torn file", ROUTING.substring(0, ROUTING.length() / 2), "candidate-not-xml"),
                arguments("two roots", ROUTING + "<more/>", "candidate-not-xml"),
                arguments("a control character", ROUTING.replace("House", "Ho\u0000use"), "candidate-not-xml"),
                arguments("a doctype", withDoctype("<!DOCTYPE definitions>", "House"), "candidate-not-xml"),
                arguments(
                        "a file of the server",
                        withDoctype("<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>", "&x;"),
                        "candidate-not-xml"),
                arguments("a billion laughs", withDoctype(laughs(), "&l9;"), "candidate-not-xml"),
                arguments("deep elements", "<a>".repeat(20_000) + "</a>".repeat(20_000), "candidate-not-xml"),
                arguments("another XML", "<html><body/></html>", "candidate-unreadable"),
                arguments(
                        "an unknown element",
                        ROUTING.replace("<decisionTable", "<riddle/><decisionTable"),
                        "candidate-unreadable"),
                arguments(
                        "a rule twice",
                        ROUTING.replace("id=\"rule_one_approval\"", "id=\"rule_no_audit\""),
                        "candidate-unreadable"),
                arguments("another table", WhatIfTest.deployed("deadlines"), "candidate-other-table"),
                arguments("UNIQUE", ROUTING.replace("\"FIRST\"", "\"UNIQUE\""), "candidate-not-supported"),
                arguments("no hit policy", ROUTING.replace(" hitPolicy=\"FIRST\"", ""), "candidate-not-supported"),
                arguments("PRIORITY", ROUTING.replace("\"FIRST\"", "\"PRIORITY\""), "candidate-not-supported"),
                arguments("COLLECT", ROUTING.replace("\"FIRST\"", "\"COLLECT\""), "candidate-not-supported"),
                arguments("an expression", literal(), "candidate-not-supported"),
                arguments(
                        "a row without id",
                        ROUTING.replace("<rule id=\"rule_one_approval\">", "<rule>"),
                        "candidate-not-supported"),
                arguments("JUEL in a cell", language("juel", "${amountMinor > 1}"), "candidate-not-supported"),
                arguments("a script", language("javascript", "1"), "candidate-not-supported"),
                arguments(
                        "JUEL in the whole file",
                        ROUTING.replace("id=\"Definitions_audit-routing\"", "id=\"d\" expressionLanguage=\"juel\""),
                        "candidate-not-supported"),
                arguments("no FEEL", ROUTING.replace(CELL, "<text>[0..</text>"), "candidate-unreadable"),
                arguments("a loop", cell("count(for i in 1..1000000000 return i) > 1"), "candidate-unreadable"),
                arguments("some", cell("some i in 1..1000000000 satisfies i &lt; 0"), "candidate-unreadable"),
                arguments("a power", cell("9 ** 9 ** 9 ** 9"), "candidate-unreadable"),
                arguments(
                        "a slow pattern",
                        cell("matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"(a+)+$\")"),
                        "candidate-unreadable"),
                arguments("the clock", cell("? &lt; now()"), "candidate-unreadable"),
                arguments("chance", cell("? &lt; random number()"), "candidate-unreadable"),
                arguments(
                        "Java",
                        output(
                                "{f: function(x) external {java: {class: \"java.lang.System\", method signature: \"exit(int)\"}}, y: f(0)}"),
                        "candidate-unreadable"),
                arguments("many brackets", cell("(".repeat(40) + "1" + ")".repeat(40)), "candidate-unreadable"),
                arguments("a long cell", cell("1,".repeat(2_000) + "1"), "candidate-unreadable"),
                arguments("a wrong type", ROUTING.replace("typeRef=\"long\"", "typeRef=\"riddle\""), null),
                arguments("UTF-16 that is none", ROUTING.replace("UTF-8", "UTF-16"), "candidate-not-xml"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("candidates")
    void a_candidate_that_is_none_is_refused(String name, String file, String code) {
        var owner = Http.as(port, "owner");
        var begun = Instant.now();

        var answer = owner.send(WhatIfTest.candidate(owner, "audit-routing", file));

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(10));
        if (code == null) {
            assertThat(answer.status()).as(answer.toString()).isIn(200, 422);
            return;
        }
        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.code()).as(answer.toString()).isEqualTo(code);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("detail").asText()).endsWith(".").doesNotContain("root:", "Exception", "\n");
    }

    @Test
    void nothing_outside_is_asked_for() throws IOException {
        try (var outside = new ServerSocket(0)) {
            outside.setSoTimeout(500);
            String file = withDoctype(
                    "<!DOCTYPE d SYSTEM \"http://127.0.0.1:" + outside.getLocalPort() + "/d.dtd\">", "House");
            var owner = Http.as(port, "owner");

            assertThat(owner.send(WhatIfTest.candidate(owner, "audit-routing", file))
                            .code())
                    .isEqualTo("candidate-not-xml");

            assertThatIOException().isThrownBy(outside::accept);
        }
    }

    @Test
    void too_large_another_type_and_no_such_table_are_said() {
        var owner = Http.as(port, "owner");

        var large = owner.send(
                WhatIfTest.candidate(owner, "audit-routing", ROUTING + "<!--" + "x".repeat(300_000) + "-->"));
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.code()).isEqualTo("request-too-large");

        var unknown = owner.send(WhatIfTest.candidate(owner, "no-such-table", ROUTING));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.code()).isEqualTo("table-not-found");

        var json = owner.post("/api/rules/audit-routing/what-if", "{}");
        assertThat(json.status()).isEqualTo(415);

        var withoutFile = owner.send(owner.request("POST", "/api/rules/audit-routing/what-if")
                .header("Content-Type", "multipart/form-data; boundary=end")
                .method(
                        "POST",
                        BodyPublishers.ofByteArray(
                                "--end\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n1\r\n--end--\r\n"
                                        .getBytes(StandardCharsets.UTF_8))));
        assertThat(withoutFile.status()).isEqualTo(422);
        assertThat(withoutFile.code()).isEqualTo("field-missing");
    }

    private static String cell(String feel) {
        return ROUTING.replace(CELL, "<text>" + feel + "</text>");
    }

    private static String output(String feel) {
        return ROUTING.replace(OUTPUT, "<text>" + feel + "</text>");
    }

    private static String language(String language, String cell) {
        return ROUTING.replace(
                "<inputEntry id=\"in_one_approval_amountMinor\">\n          " + CELL,
                "<inputEntry id=\"in_one_approval_amountMinor\" expressionLanguage=\"" + language
                        + "\">\n          <text>" + cell + "</text>");
    }

    private static String literal() {
        return """
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
                  <decision id="audit-routing" name="r"><literalExpression id="l"><text>1</text></literalExpression></decision>
                </definitions>
                """;
    }

    private static String withDoctype(String doctype, String text) {
        return ROUTING.replaceFirst("\\?>", "?>" + doctype).replaceFirst("House", text);
    }

    private static String laughs() {
        var doctype = new StringBuilder("<!DOCTYPE d [<!ENTITY l0 \"ha\">");
        for (int i = 1; i < 10; i++) {
            doctype.append("<!ENTITY l")
                    .append(i)
                    .append(" \"")
                    .append(("&l" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        return doctype.append("]>").toString();
    }
}
