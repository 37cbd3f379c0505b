package io.aftersale.engine;

import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Shuts what the engine leaves open by default, in every profile. First of the hardening classes: they alone import the
 * inside of the engine ({@code org.camunda..impl..}), all live in this room, and no other room may.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class Hardening extends AbstractProcessEnginePlugin {
    private static final int MOST_RESULTS = 200;

    private final boolean passwordPolicy;

    Hardening(@Value("${aftersale.password-policy:true}") boolean passwordPolicy) {
        this.passwordPolicy = passwordPolicy;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setAuthorizationEnabled(true);
        engine.setTenantCheckEnabled(true);
        engine.setAuthorizationCheckRevokes(ProcessEngineConfiguration.AUTHORIZATION_CHECK_REVOKE_NEVER);
        engine.setDefaultUserPermissionNameForTask("TASK_WORK");
        engine.setEnforceSpecificVariablePermission(true);
        engine.setDeserializationTypeValidationEnabled(true);
        engine.setQueryMaxResultsLimit(MOST_RESULTS);
        engine.setGeneralResourceWhitelistPattern(Accounts.ID);
        engine.setEnablePasswordPolicy(passwordPolicy);
        engine.setTenantIdProvider(new MerchantOfNewInstance());
        // Guessing is slowed down by address at the door; a lock on the account would shut out its owner instead.
        engine.setLoginMaxAttempts(Integer.MAX_VALUE);
        engine.setLoginDelayBase(0);
    }
}
