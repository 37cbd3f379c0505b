package io.aftersale.engine;

import java.util.List;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProvider;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderCaseInstanceContext;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderHistoricDecisionInstanceContext;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderProcessInstanceContext;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;

/**
 * Gives a new process instance its merchant: a called part has the merchant of the flow that calls it, any other the
 * one merchant of whoever starts it. The diagrams themselves belong to all merchants. Belongs to the hardening classes.
 */
class MerchantOfNewInstance implements TenantIdProvider {
    @Override
    public String provideTenantIdForProcessInstance(TenantIdProviderProcessInstanceContext starting) {
        return starting.getSuperExecution() == null
                ? merchantOfCaller()
                : starting.getSuperExecution().getTenantId();
    }

    @Override
    public String provideTenantIdForCaseInstance(TenantIdProviderCaseInstanceContext starting) {
        return starting.getSuperExecution() == null
                ? merchantOfCaller()
                : starting.getSuperExecution().getTenantId();
    }

    @Override
    public String provideTenantIdForHistoricDecisionInstance(TenantIdProviderHistoricDecisionInstanceContext asking) {
        return asking.getExecution() == null
                ? merchantOfCaller()
                : asking.getExecution().getTenantId();
    }

    private static String merchantOfCaller() {
        CommandContext command = Context.getCommandContext();
        List<String> merchants = command.getAuthentication() == null
                ? null
                : command.getAuthentication().getTenantIds();
        return merchants == null || merchants.size() != 1 ? null : merchants.get(0);
    }
}
