package io.aftersale.engine;

import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.springframework.stereotype.Component;

/** Knows which statuses there are: those that the deployed diagrams declare, and no others. It keeps no list of its own. */
@Component
public class DeclaredStatuses {
    private final RepositoryService repository;
    private final OwnAuthority authority;

    DeclaredStatuses(RepositoryService repository, OwnAuthority authority) {
        this.repository = repository;
        this.authority = authority;
    }

    /** Whether the latest version of any diagram declares this status. */
    public boolean has(String status) {
        return authority.call(() -> repository.createProcessDefinitionQuery().latestVersion().list().stream()
                .anyMatch(definition -> declares(definition.getId(), status)));
    }

    private boolean declares(String definitionId, String status) {
        return repository.getBpmnModelInstance(definitionId).getModelElementsByType(CamundaProperty.class).stream()
                .anyMatch(property ->
                        "status".equals(property.getCamundaName()) && status.equals(property.getCamundaValue()));
    }
}
