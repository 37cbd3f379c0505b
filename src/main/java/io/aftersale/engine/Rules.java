package io.aftersale.engine;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.repository.DecisionDefinitionQuery;
import org.camunda.bpm.engine.variable.Variables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The one desk that asks decision tables, for flows and previews alike: always the latest deployed version, always with
 * the rule that matched. It runs the tables on a decision engine of its own, so that a question leaves no trace, and odd
 * input cannot spoil the transaction that asks; the room that asks keeps the record of what was decided. That engine
 * speaks FEEL and no other language.
 */
@Component
public class Rules {
    private static final Logger LOG = LoggerFactory.getLogger(Rules.class);

    private final RepositoryService repository;
    private final OwnAuthority authority;
    private final DmnEngine tables;
    private final CandidateReader reader;
    private final Map<String, DmnDecision> parsed = new ConcurrentHashMap<>();
    private final ThreadLocal<String> matched = new ThreadLocal<>();

    Rules(RepositoryService repository, OwnAuthority authority) {
        this.repository = repository;
        this.authority = authority;
        var language = new TableLanguage();
        var settings = (DefaultDmnEngineConfiguration) DmnEngineConfiguration.createDefaultDmnEngineConfiguration();
        settings.setCustomPostDecisionTableEvaluationListeners(List.of(this::remember));
        settings.setFeelEngineFactory(() -> language);
        settings.setElProvider(expression -> {
            throw new DmnEngineException("Tables speak FEEL.");
        });
        settings.setScriptEngineResolver(name -> null);
        this.tables = settings.buildEngine();
        this.reader = new CandidateReader(tables, language);
    }

    /**
     * Asks the latest version of a table.
     *
     * @param inputs all inputs of the table by name; null where a fact is not known
     * @return the first matching rule's outputs; not matched when no rule fits or the input is odd
     * @throws IllegalStateException when no such table is deployed
     */
    public Ruling ask(String table, Map<String, Object> inputs) {
        var definition = latest(table)
                .orElseThrow(() -> new IllegalStateException("The decision table '" + table + "' is not deployed."));
        var decision = parsed.computeIfAbsent(definition.getId(), id -> parse(definition));
        try {
            return evaluate(decision, definition.getVersion(), inputs);
        } catch (DmnEngineException odd) {
            LOG.warn("Table {} version {} could not be asked: {}", table, definition.getVersion(), odd.getMessage());
            return new Ruling(table, definition.getVersion(), null, Map.of());
        }
    }

    /**
     * Reads a table that is not deployed, and deploys nothing.
     *
     * @param file DMN as Modeler saves it
     * @throws Problem CANDIDATE_NOT_XML, CANDIDATE_UNREADABLE, CANDIDATE_OTHER_TABLE, CANDIDATE_NOT_SUPPORTED
     */
    public Candidate read(String table, byte[] file) {
        return reader.read(table, file);
    }

    /**
     * Asks a candidate. The version of the answer is 0, for it has none.
     *
     * @throws Problem CANDIDATE_UNREADABLE when these inputs do not fit its columns
     */
    public Ruling tryOut(Candidate candidate, Map<String, Object> inputs) {
        try {
            return evaluate(candidate.decision(), 0, inputs);
        } catch (DmnEngineException odd) {
            throw new Problem(ProblemCode.CANDIDATE_UNREADABLE, CandidateReader.plain(odd) + ".");
        }
    }

    /** All tables that are asked now, by key. */
    public List<DeployedTable> deployed() {
        return authority
                .call(() -> repository
                        .createDecisionDefinitionQuery()
                        .latestVersion()
                        .orderByDecisionDefinitionKey()
                        .asc()
                        .list())
                .stream()
                .map(this::describe)
                .toList();
    }

    /** @throws Problem TABLE_NOT_FOUND */
    public DeployedTable deployed(String table) {
        return latest(table).map(this::describe).orElseThrow(() -> notFound(table));
    }

    /**
     * The file of the version that is asked now.
     *
     * @throws Problem TABLE_NOT_FOUND
     */
    public byte[] file(String table) {
        try (InputStream file = open(latest(table).orElseThrow(() -> notFound(table)))) {
            return file.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The rows of any version of a table by rule id; none when that version is gone. */
    public Map<String, TableRow> rows(String table, int version) {
        return Optional.ofNullable(authority.call(
                        () -> query(table).decisionDefinitionVersion(version).singleResult()))
                .map(definition -> reader.rowsOf(table, open(definition)))
                .orElse(Map.of());
    }

    private Optional<DecisionDefinition> latest(String table) {
        return Optional.ofNullable(
                authority.call(() -> query(table).latestVersion().singleResult()));
    }

    private DecisionDefinitionQuery query(String table) {
        return repository.createDecisionDefinitionQuery().decisionDefinitionKey(table);
    }

    private DeployedTable describe(DecisionDefinition definition) {
        var deployment = authority.call(() -> repository
                .createDeploymentQuery()
                .deploymentId(definition.getDeploymentId())
                .singleResult());
        return new DeployedTable(
                definition.getKey(),
                definition.getName(),
                definition.getVersion(),
                definition.getVersionTag(),
                deployment.getDeploymentTime().toInstant(),
                PackagedModels.SOURCE.equals(deployment.getSource()));
    }

    private Ruling evaluate(DmnDecision decision, int version, Map<String, Object> inputs) {
        matched.remove();
        try {
            var result = tables.evaluateDecisionTable(decision, Variables.fromMap(inputs));
            var outputs = new LinkedHashMap<String, Object>();
            if (!result.isEmpty()) {
                outputs.putAll(result.getFirstResult().getEntryMap());
            }
            return new Ruling(decision.getKey(), version, matched.get(), outputs);
        } finally {
            matched.remove();
        }
    }

    private DmnDecision parse(DecisionDefinition definition) {
        return tables.parseDecision(definition.getKey(), open(definition));
    }

    private InputStream open(DecisionDefinition definition) {
        return authority.call(
                () -> repository.getResourceAsStream(definition.getDeploymentId(), definition.getResourceName()));
    }

    private void remember(DmnDecisionTableEvaluationEvent event) {
        if (!event.getMatchingRules().isEmpty()) {
            matched.set(event.getMatchingRules().get(0).getId());
        }
    }

    private static Problem notFound(String table) {
        return new Problem(ProblemCode.TABLE_NOT_FOUND, "There is no table '" + table + "'.");
    }
}
