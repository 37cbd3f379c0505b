package io.aftersale.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.ResourceDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Deploys the diagrams, tables and forms that come with the application, under their bare file names as Modeler does. A
 * file is deployed when it is new or changed since it was last deployed from here; what an owner has changed stays, and
 * the log says so. An owner who deploys the packaged file again gives it back: the next release reaches it.
 */
@Component
class PackagedModels implements SmartInitializingSingleton {
    static final String SOURCE = "packaged";
    private static final String FILES = "classpath*:bpmn/**/*.*";
    private static final Logger LOG = LoggerFactory.getLogger(PackagedModels.class);

    private final RepositoryService repository;
    private final ResourcePatternResolver resources;

    PackagedModels(RepositoryService repository, ResourcePatternResolver resources) {
        this.repository = repository;
        this.resources = resources;
    }

    @Override
    public void afterSingletonsInstantiated() {
        // Another node may deploy the same at this moment; under the engine's lock, what it was first with is left out.
        var builder =
                repository.createDeployment().name("aftersale").source(SOURCE).enableDuplicateFiltering(true);
        int changed = 0;
        try {
            for (Resource file : files()) {
                byte[] content = file.getContentAsByteArray();
                if (shouldDeploy(file.getFilename(), content)) {
                    builder.addInputStream(file.getFilename(), file.getInputStream());
                    changed++;
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("A packaged diagram, table or form cannot be read", unreadable);
        }
        if (changed > 0) {
            builder.deploy();
            LOG.info("Deployed {} packaged diagrams, tables and forms that are new or changed", changed);
        }
    }

    /** All packaged files, whether they are deployed or an owner's stand in their place. */
    static List<ModelFile> all(ResourcePatternResolver resources) {
        try {
            var all = new ArrayList<ModelFile>();
            for (Resource file : resources.getResources(FILES)) {
                all.add(new ModelFile(file.getFilename(), file.getContentAsByteArray()));
            }
            return List.copyOf(all);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("A packaged diagram, table or form cannot be read", unreadable);
        }
    }

    private Resource[] files() throws IOException {
        Resource[] files = resources.getResources(FILES);
        Arrays.sort(files, Comparator.comparing(Resource::getFilename));
        return files;
    }

    private boolean shouldDeploy(String name, byte[] content) throws IOException {
        var latest = latestDeployment(name);
        if (latest.isEmpty()) {
            return true;
        }
        byte[] deployed = content(latest.get(), name);
        if (Arrays.equals(deployed, content)) {
            return false;
        }
        if (SOURCE.equals(latest.get().getSource()) || isPutBack(name, deployed)) {
            return true;
        }
        LOG.warn("{} stays as an owner deployed it on {}", name, latest.get().getDeploymentTime());
        return false;
    }

    /** Whether an owner has deployed just the file that came from here before: what they changed is undone. */
    private boolean isPutBack(String name, byte[] deployed) throws IOException {
        var before = deploymentsOf(name)
                .filter(deployment -> SOURCE.equals(deployment.getSource()))
                .findFirst();
        return before.isPresent() && Arrays.equals(content(before.get(), name), deployed);
    }

    /** A deployed file; empty where the deployment calls it by another name. */
    private byte[] content(Deployment deployment, String name) throws IOException {
        if (!repository.getDeploymentResourceNames(deployment.getId()).contains(name)) {
            return new byte[0];
        }
        try (var deployed = repository.getResourceAsStream(deployment.getId(), name)) {
            return deployed.readAllBytes();
        }
    }

    /** The deployments that have a file of this name, the newest first. */
    private Stream<Deployment> deploymentsOf(String name) {
        return repository.createDeploymentQuery().withoutTenantId().orderByDeploymentTime().desc().list().stream()
                .filter(deployment -> repository
                        .getDeploymentResourceNames(deployment.getId())
                        .contains(name));
    }

    /** The deployment that serves new cases now: by key for diagrams and tables, by file name for forms. */
    private Optional<Deployment> latestDeployment(String name) {
        String key = name.substring(0, name.lastIndexOf('.'));
        if (name.endsWith(".form")) {
            return deploymentsOf(name).findFirst();
        }
        ResourceDefinition definition = name.endsWith(".dmn")
                ? repository
                        .createDecisionDefinitionQuery()
                        .decisionDefinitionKey(key)
                        .withoutTenantId()
                        .latestVersion()
                        .singleResult()
                : repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey(key)
                        .withoutTenantId()
                        .latestVersion()
                        .singleResult();
        return Optional.ofNullable(definition)
                .map(found -> repository
                        .createDeploymentQuery()
                        .deploymentId(found.getDeploymentId())
                        .singleResult());
    }
}
