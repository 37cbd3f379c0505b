package io.aftersale.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.xml.ModelException;

/**
 * What a deployed file will live with: the diagrams, tables and forms of the same deployment, and for all others the
 * latest that is deployed. A file that cannot be read is not there; its own guard says why. Belongs to the hardening
 * classes.
 */
class Neighbours {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CommandContext engine;
    private final Map<String, Process> diagrams = new LinkedHashMap<>();
    private final Map<String, DmnModelInstance> tables = new LinkedHashMap<>();
    private final Set<String> forms = new TreeSet<>();

    /** @param files of two that bring the same thing the later one counts */
    Neighbours(CommandContext engine, Collection<ModelFile> files) {
        this.engine = engine;
        files.forEach(this::read);
    }

    private void read(ModelFile file) {
        try {
            if (file.isDiagram()) {
                Bpmn.readModelFromStream(file.open())
                        .getModelElementsByType(Process.class)
                        .forEach(process -> diagrams.put(process.getId(), process));
            } else if (file.isTable()) {
                var model = Dmn.readModelFromStream(file.open());
                model.getModelElementsByType(Decision.class).forEach(decision -> tables.put(decision.getId(), model));
            } else if (file.isForm()) {
                forms.add(JSON.readTree(file.content()).path("id").asText());
            }
        } catch (ModelException | IOException unreadable) {
            return;
        }
    }

    boolean hasForm(String key) {
        return forms.contains(key) || engine.getCamundaFormDefinitionManager().findLatestDefinitionByKey(key) != null;
    }

    Optional<DmnModelInstance> table(String key) {
        if (tables.containsKey(key)) {
            return Optional.of(tables.get(key));
        }
        return Optional.ofNullable(engine.getDecisionDefinitionManager().findLatestDecisionDefinitionByKey(key))
                .map(definition -> engine.getProcessEngineConfiguration()
                        .getDeploymentCache()
                        .findDmnModelInstanceForDecisionDefinition(definition.getId()));
    }

    Optional<Process> diagram(String key) {
        if (diagrams.containsKey(key)) {
            return Optional.of(diagrams.get(key));
        }
        return Optional.ofNullable(engine.getProcessDefinitionManager().findLatestProcessDefinitionByKey(key))
                .map(definition -> engine.getProcessEngineConfiguration()
                        .getDeploymentCache()
                        .findBpmnModelInstanceForProcessDefinition(definition.getId()))
                .map(model -> model.getModelElementById(key));
    }

    /** The flows that people and systems can start, as they will be after this deployment. */
    List<Process> flows() {
        var keys = new TreeSet<>(diagrams.keySet());
        engine.runWithoutAuthorization(() -> engine.getProcessEngineConfiguration()
                        .getRepositoryService()
                        .createProcessDefinitionQuery()
                        .latestVersion()
                        .withoutTenantId()
                        .list())
                .forEach(definition -> keys.add(definition.getKey()));
        return keys.stream()
                .map(this::diagram)
                .flatMap(Optional::stream)
                .filter(Process::isCamundaStartableInTasklist)
                .toList();
    }
}
