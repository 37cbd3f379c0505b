package io.aftersale.engine;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;

/**
 * Refuses a deployment for one merchant alone. Diagrams, tables and forms serve all merchants; a second one of the same
 * key beside them would leave it open which of the two holds. Belongs to the hardening classes.
 */
class ModelsForAll implements Deployer {
    @Override
    public void deploy(DeploymentEntity deployment) {
        if (deployment.isNew() && deployment.getTenantId() != null) {
            throw new Problem(
                    ProblemCode.FIELD_UNKNOWN,
                    "Diagrams, tables and forms serve all merchants: leave the tenant id empty and deploy again.");
        }
    }
}
