package io.aftersale.engine;

import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.variable.Variables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The one desk that asks decision tables, for flows and previews alike: always the latest deployed version, always with
 * the rule that matched. It runs the tables on a decision engine of its own, so that a question leaves no trace, and odd
 * input cannot spoil the transaction that asks; the room that asks keeps the record of what was decided.
 */
@Component
public class Rules {
    private static final Logger LOG = LoggerFactory.getLogger(Rules.class);

    private final RepositoryService repository;
    private final OwnAuthority authority;
    private final DmnEngine tables;
    private final Map<String, DmnDecision> parsed = new ConcurrentHashMap<>();
    private final ThreadLocal<String> matched = new ThreadLocal<>();

    Rules(RepositoryService repository, OwnAuthority authority) {
        this.repository = repository;
        this.authority = authority;
        var settings = (DefaultDmnEngineConfiguration) DmnEngineConfiguration.createDefaultDmnEngineConfiguration();
        settings.setCustomPostDecisionTableEvaluationListeners(List.of(this::remember));
        this.tables = settings.buildEngine();
    }

    /**
     * Asks the latest version of a table.
     *
     * @param inputs all inputs of the table by name; null where a fact is not known
     * @return the first matching rule's outputs; not matched when no rule fits or the input is odd
     * @throws IllegalStateException when no such table is deployed
     */
    public Ruling ask(String table, Map<String, Object> inputs) {
        var definition = authority.call(() -> repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(table)
                .latestVersion()
                .singleResult());
        if (definition == null) {
            throw new IllegalStateException("The decision table '" + table + "' is not deployed.");
        }
        var decision = parsed.computeIfAbsent(definition.getId(), id -> parse(definition));
        return evaluate(decision, table, definition.getVersion(), inputs);
    }

    private Ruling evaluate(DmnDecision decision, String table, int version, Map<String, Object> inputs) {
        matched.remove();
        try {
            var result = tables.evaluateDecisionTable(decision, Variables.fromMap(inputs));
            var outputs = new LinkedHashMap<String, Object>();
            if (!result.isEmpty()) {
                outputs.putAll(result.getFirstResult().getEntryMap());
            }
            return new Ruling(table, version, matched.get(), outputs);
        } catch (DmnEngineException odd) {
            LOG.warn("Table {} version {} could not be asked: {}", table, version, odd.getMessage());
            return new Ruling(table, version, null, Map.of());
        } finally {
            matched.remove();
        }
    }

    private DmnDecision parse(DecisionDefinition definition) {
        InputStream file = authority.call(
                () -> repository.getResourceAsStream(definition.getDeploymentId(), definition.getResourceName()));
        return tables.parseDecision(definition.getKey(), file);
    }

    private void remember(DmnDecisionTableEvaluationEvent event) {
        if (!event.getMatchingRules().isEmpty()) {
            matched.set(event.getMatchingRules().get(0).getId());
        }
    }
}
