package io.aftersale.engine;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Shuts what the engine leaves open by default, in every profile. First of the hardening classes: they alone import the
 * inside of the engine ({@code org.camunda..impl..}), all live in this room, and no other room may.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class Hardening extends AbstractProcessEnginePlugin {
    private static final int MOST_RESULTS = 200;

    private final boolean passwordPolicy;
    private final ObjectProvider<TaskAnswers> rooms;
    private final ObjectProvider<ModelGuard> models;
    private final ApplicationContext beans;

    /** Rooms, models and beans are asked for late: they need the engine, which is being made here. */
    Hardening(
            @Value("${aftersale.password-policy:true}") boolean passwordPolicy,
            ObjectProvider<TaskAnswers> rooms,
            ObjectProvider<ModelGuard> models,
            ApplicationContext beans) {
        this.passwordPolicy = passwordPolicy;
        this.rooms = rooms;
        this.models = models;
        this.beans = beans;
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
        // Every door and every job logs its own failures, once.
        engine.setEnableCmdExceptionLogging(false);
        engine.setExpressionManager(new GuardedExpressions(this::verb));
        engine.setEnableExpressionsInAdhocQueries(false);
        engine.setEnableScriptEngineLoadExternalResources(false);
        engine.setEnableFetchScriptEngineFromProcessApplication(false);
        var deployers = Optional.ofNullable(engine.getCustomPreDeployers()).orElseGet(ArrayList::new);
        deployers.add(new DeploymentGuard(
                SingletonSupplier.of(() -> models.orderedStream().toList()),
                SingletonSupplier.of(this::foreignCode),
                () -> PackagedModels.all(beans)));
        engine.setCustomPreDeployers(deployers);
        var guards = Optional.ofNullable(engine.getCustomPostCommandInterceptorsTxRequired())
                .orElseGet(ArrayList::new);
        guards.add(new TaskGuard(SingletonSupplier.of(this::answers)));
        engine.setCustomPostCommandInterceptorsTxRequired(guards);
    }

    /** The bean that a diagram may name: a verb or a listener of ours. */
    private Object verb(String name) {
        return beans.containsBean(name)
                        && (beans.isTypeMatch(name, JavaDelegate.class)
                                || beans.isTypeMatch(name, TaskListener.class)
                                || beans.isTypeMatch(name, ExecutionListener.class))
                ? beans.getBean(name)
                : null;
    }

    /** A name of the application is a value in no expression, unless some step gives the name to a variable. */
    private ForeignCode foreignCode() {
        Templates templates = beans.getBean(Templates.class);
        return new ForeignCode(
                this::verb, new ExpressionCheck(name -> beans.containsBean(name) && !templates.isSet(name)));
    }

    private Map<String, TaskAnswers> answers() {
        return rooms.orderedStream().collect(Collectors.toUnmodifiableMap(TaskAnswers::task, Function.identity()));
    }
}
