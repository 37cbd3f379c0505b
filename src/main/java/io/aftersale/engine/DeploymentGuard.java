package io.aftersale.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.xml.ModelException;
import org.w3c.dom.Document;

/**
 * Reads every file that is deployed before the engine does, inside its transaction, and refuses what could not work:
 * nothing of the deployment is kept then. What was deployed before is read again by the engine alone, so a case never
 * loses its diagram to a rule that came later. Belongs to the hardening classes.
 */
class DeploymentGuard implements Deployer {
    private final Supplier<List<ModelGuard>> guards;
    private final Supplier<ForeignCode> code;
    private final Supplier<List<ModelFile>> packaged;

    /** All are asked for late: they need the engine, which is being made when this is. */
    DeploymentGuard(Supplier<List<ModelGuard>> guards, Supplier<ForeignCode> code, Supplier<List<ModelFile>> packaged) {
        this.guards = guards;
        this.code = code;
        this.packaged = packaged;
    }

    @Override
    public void deploy(DeploymentEntity deployment) {
        if (!deployment.isNew()) {
            return;
        }
        CommandContext engine = Context.getCommandContext();
        var files = deployment.getResources().values().stream()
                .map(file -> new ModelFile(file.getName(), file.getBytes()))
                .toList();
        files.forEach(this::checkKind);
        Authentication caller = engine.getAuthentication();
        if (caller != null && caller.getUserId() != null) {
            check(files, new Neighbours(engine, files));
        } else if (PackagedModels.SOURCE.equals(deployment.getSource())) {
            // What is packaged is held against what is packaged: no table or part of an owner's stops the next start.
            var release = new ArrayList<>(packaged.get());
            release.addAll(files);
            check(files, new Neighbours(engine, release));
        }
    }

    private void check(List<ModelFile> files, Neighbours others) {
        for (ModelFile file : files) {
            guards.get().stream().filter(guard -> guard.reads(file)).forEach(guard -> guard.check(file, others));
        }
    }

    private void checkKind(ModelFile file) {
        if (file.isForm()) {
            return;
        }
        if (!file.isDiagram() && !file.isTable()) {
            throw file.refuse(
                    "is neither a diagram (.bpmn) nor a table (.dmn) nor a form (.form)", "deploy these only");
        }
        PlainXml.fault(file.content()).ifPresent(fault -> {
            throw file.refuse(
                    "cannot be read (" + fault.replaceFirst("\\.$", "") + ")",
                    "save it in Modeler and deploy it again");
        });
        if (file.isDiagram()) {
            code.get().check(file, document(file).getDocumentElement());
        }
    }

    private static Document document(ModelFile file) {
        try {
            return (Document) Bpmn.readModelFromStream(file.open())
                    .getDocument()
                    .getDomSource()
                    .getNode();
        } catch (ModelException odd) {
            throw file.refuse(
                    "is XML, but not the BPMN that Modeler saves (" + CandidateReader.plain(odd) + ")",
                    "save it in Modeler and deploy it again");
        }
    }
}
