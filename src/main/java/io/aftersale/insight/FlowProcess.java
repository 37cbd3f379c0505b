package io.aftersale.insight;

import io.aftersale.engine.OwnAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.stereotype.Component;

/** Reads from the engine which flows are deployed, and their diagrams. It deploys and starts nothing. */
@Component
class FlowProcess implements Flows {
    private final RepositoryService repository;
    private final OwnAuthority authority;

    FlowProcess(RepositoryService repository, OwnAuthority authority) {
        this.repository = repository;
        this.authority = authority;
    }

    @Override
    public List<Version> all() {
        return authority
                .call(() -> repository
                        .createProcessDefinitionQuery()
                        .orderByProcessDefinitionKey()
                        .asc()
                        .orderByProcessDefinitionVersion()
                        .desc()
                        .list())
                .stream()
                .map(FlowProcess::version)
                .toList();
    }

    @Override
    public Optional<Version> find(String key, int version) {
        return authority
                .call(() -> repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey(key)
                        .processDefinitionVersion(version)
                        .list())
                .stream()
                .map(FlowProcess::version)
                .findFirst();
    }

    @Override
    public String diagram(Version version) {
        return authority.call(() -> {
            try (var file = repository.getProcessModel(version.id())) {
                return new String(file.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        });
    }

    private static Version version(ProcessDefinition it) {
        return new Version(it.getId(), it.getKey(), it.getName(), it.getVersion(), it.getVersionTag());
    }
}
