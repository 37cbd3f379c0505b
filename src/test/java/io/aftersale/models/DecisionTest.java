package io.aftersale.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.dmn.engine.delegate.DmnEvaluatedDecisionRule;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Asks every decision table its test vectors on the plain decision engine: the ordinary cases, both sides of every
 * window, what the law gives at least, and missing or odd facts. Every row of every table is hit by some vector.
 */
class DecisionTest {
    private static final Path TABLES = Path.of("bpmn/decisions");
    private static final Path VECTORS = Path.of("src/test/resources/vectors");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> matched = new ArrayList<>();
    private final Map<String, DmnDecision> parsed = new HashMap<>();
    private final DmnEngine engine = engineThatTellsTheRule();

    @TestFactory
    Stream<DynamicNode> each_vector_gets_its_answer() {
        return tables().stream().map(table -> {
            var vectors = Vectors.of(table);
            return dynamicContainer(
                    table,
                    vectors.all().stream()
                            .map(vector -> dynamicTest(vector.name(), () -> {
                                var answer = ask(table, vectors.factsWith(vector.with()));
                                vector.expect()
                                        .forEach((output, value) -> assertThat(answer.get(output))
                                                .as(output)
                                                .isEqualTo(value));
                                assertThat(matched).containsExactly(vector.rule());
                            })));
        });
    }

    @TestFactory
    Stream<DynamicNode> every_row_is_hit_by_some_vector() {
        return tables().stream()
                .map(table -> dynamicTest(table, () -> {
                    Set<String> hit = new TreeSet<>();
                    Vectors.of(table).all().forEach(vector -> hit.add(vector.rule()));
                    assertThat(hit).containsExactlyInAnyOrderElementsOf(rowsOf(table));
                }));
    }

    @TestFactory
    Stream<DynamicNode> a_missing_fact_never_gives_a_verdict_that_the_full_facts_did_not_give() {
        var vectors = Vectors.of("eligibility");
        return vectors.all().stream()
                .map(vector -> dynamicTest(vector.name(), () -> {
                    var facts = vectors.factsWith(vector.with());
                    Object full = ask("eligibility", facts).get("verdict");
                    for (String fact : facts.keySet()) {
                        var fewer = new LinkedHashMap<>(facts);
                        fewer.put(fact, null);
                        assertThat(ask("eligibility", fewer).get("verdict"))
                                .as(fact)
                                .isIn("AUDIT", full);
                        fewer.remove(fact);
                        assertThat(ask("eligibility", fewer).get("verdict"))
                                .as(fact)
                                .isIn("AUDIT", full);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicNode> a_fact_of_the_wrong_kind_gives_no_verdict_of_its_own() {
        var vectors = Vectors.of("eligibility");
        return vectors.facts().keySet().stream()
                .map(fact -> dynamicTest(fact, () -> {
                    for (Object odd : List.of("abc", 3.7, List.of(), "")) {
                        var facts = vectors.factsWith(Map.of(fact, odd));
                        try {
                            assertThat(ask("eligibility", facts).get("verdict"))
                                    .as(odd.toString())
                                    .isEqualTo("AUDIT");
                        } catch (DmnEngineException refused) {
                            assertThat(refused).hasMessageContaining("DMN-");
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicNode> nothing_at_all_ends_in_the_last_row() {
        return tables().stream()
                .map(table -> dynamicTest(table, () -> {
                    assertThat(ask(table, Map.of())).containsEntry("reasonCode", "INPUT_MISSING");
                    assertThat(matched).containsExactly("rule_input_missing");
                }));
    }

    /** The guard of deployments asks them of owners' tables too, with the same facts. */
    @TestFactory
    Stream<DynamicNode> what_the_law_gives_at_least_is_packaged_with_the_application() {
        return tables().stream()
                .filter(table -> !Vectors.json(table).path("statutoryMinimum").isEmpty())
                .map(table -> dynamicTest(table, () -> {
                    JsonNode packaged = JSON.readTree(Path.of("src/main/resources/statutory", table + ".json")
                            .toFile());
                    assertThat(packaged.path("minimum")).isNotEmpty();
                    assertThat(packaged.path("facts"))
                            .isEqualTo(Vectors.json(table).path("facts"));
                }));
    }

    @Test
    void what_two_must_approve_never_approves_itself() {
        for (Object approvals : new Object[] {2, 3, 0, -1, null}) {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("profile", "DEFAULT");
            facts.put("kind", "REFUND");
            facts.put("stage", "audit");
            facts.put("approvals", approvals);
            assertThat(ask("deadlines", facts)).containsEntry("consequence", "ESCALATE");
        }
    }

    @TestFactory
    Stream<DynamicNode> tables_keep_the_rules_of_style() {
        return tables().stream()
                .map(name -> dynamicTest(name, () -> {
                    Decision decision = read(name).getModelElementById(name);
                    assertThat(decision)
                            .as("the decision's id is the file's name")
                            .isNotNull();
                    assertThat(decision.getCamundaHistoryTimeToLiveString()).isNotBlank();
                    assertThat(decision.getVersionTag()).isNotBlank();
                    assertThat(decision.getDescription().getTextContent()).isNotBlank();
                    var table = decision.getChildElementsByType(DecisionTable.class)
                            .iterator()
                            .next();
                    assertThat(table.getHitPolicy()).isEqualTo(HitPolicy.FIRST);
                    assertThat(table.getOutputs()).extracting("name").contains("reasonCode", "legalBasis");
                    assertThat(table.getOutputs()).extracting("typeRef").isSubsetOf("string", "long", "boolean");
                    assertThat(table.getInputs())
                            .allSatisfy(input -> assertThat(
                                            input.getInputExpression().getTypeRef())
                                    .isIn("string", "long", "boolean"));
                    var rows = List.copyOf(table.getRules());
                    for (Rule row : rows) {
                        assertThat(row.getId()).matches("rule_[a-z][a-z0-9_]+");
                        assertThat(row.getDescription().getTextContent())
                                .as("the source of " + row.getId())
                                .isNotBlank();
                        assertThat(row.getInputEntries())
                                .as(row.getId() + ": `<=` also matches what is below zero")
                                .noneMatch(entry ->
                                        entry.getText().getTextContent().contains("<"));
                    }
                    Rule last = rows.get(rows.size() - 1);
                    assertThat(last.getId()).isEqualTo("rule_input_missing");
                    assertThat(last.getInputEntries())
                            .allMatch(entry -> entry.getText().getTextContent().isBlank());
                }));
    }

    private Map<String, Object> ask(String table, Map<String, Object> facts) {
        matched.clear();
        var decision = parsed.computeIfAbsent(table, name -> engine.parseDecision(name, read(name)));
        return engine.evaluateDecisionTable(decision, Variables.fromMap(facts))
                .getSingleResult()
                .getEntryMap();
    }

    private static List<String> rowsOf(String table) {
        return read(table).getModelElementsByType(Rule.class).stream()
                .map(Rule::getId)
                .toList();
    }

    private static DmnModelInstance read(String table) {
        return Dmn.readModelFromFile(TABLES.resolve(table + ".dmn").toFile());
    }

    private static List<String> tables() {
        try (var files = Files.list(TABLES)) {
            return files.map(file -> file.getFileName().toString().replace(".dmn", ""))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private DmnEngine engineThatTellsTheRule() {
        var settings = (DefaultDmnEngineConfiguration) DmnEngineConfiguration.createDefaultDmnEngineConfiguration();
        settings.setCustomPostDecisionTableEvaluationListeners(List.of(event -> event.getMatchingRules().stream()
                .map(DmnEvaluatedDecisionRule::getId)
                .forEach(matched::add)));
        return settings.buildEngine();
    }

    /** What is asked: facts that differ from the table's ordinary ones, and what must come back. */
    private record Vector(String name, Map<String, Object> with, Map<String, Object> expect, String rule) {}

    /** The vectors of one table with the ordinary facts that each starts from. */
    private record Vectors(Map<String, Object> facts, List<Vector> all) {
        static JsonNode json(String table) {
            try {
                return JSON.readTree(VECTORS.resolve(table + ".json").toFile());
            } catch (IOException unreadable) {
                throw new AssertionError(unreadable);
            }
        }

        static Vectors of(String table) {
            JsonNode file = json(table);
            assertThat(file.get("table").asText()).isEqualTo(table);
            var all = new ArrayList<Vector>();
            for (String part : List.of("statutoryMinimum", "vectors")) {
                file.get(part)
                        .forEach(vector -> all.add(new Vector(
                                vector.get("name").asText(),
                                values(vector.get("with")),
                                values(vector.get("expect")),
                                vector.get("rule").asText())));
            }
            assertThat(new HashSet<>(all.stream().map(Vector::name).toList())).hasSameSizeAs(all);
            return new Vectors(values(file.get("facts")), all);
        }

        Map<String, Object> factsWith(Map<String, Object> others) {
            assertThat(facts.keySet()).containsAll(others.keySet());
            var together = new LinkedHashMap<>(facts);
            together.putAll(others);
            return together;
        }

        private static Map<String, Object> values(JsonNode object) {
            var values = new LinkedHashMap<String, Object>();
            object.properties().forEach(field -> values.put(field.getKey(), value(field.getValue())));
            return values;
        }

        private static Object value(JsonNode value) {
            if (value.isNull()) {
                return null;
            }
            return value.isBoolean()
                    ? (Object) value.asBoolean()
                    : value.isNumber() ? (Object) value.asLong() : value.asText();
        }
    }
}
