package io.aftersale.engine;

import java.beans.FeatureDescriptor;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Date;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.el.CommandContextFunctions;
import org.camunda.bpm.engine.impl.el.DateTimeFunctions;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.engine.impl.el.VariableContextElResolver;
import org.camunda.bpm.engine.impl.el.VariableScopeElResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ArrayELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.BeanELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ListELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.MapELResolver;
import org.camunda.spin.SpinList;
import org.camunda.spin.json.SpinJsonNode;

/**
 * What an expression may reach, wherever it stands: in a diagram, a table, a stored filter or a query. That is our verbs
 * by their names, the variables of its place, a few facts of {@code execution} and {@code task}, plain values and
 * results of tables, and four functions. No bean of the application, no service of the engine, nothing of Java's
 * reflection. Belongs to the hardening classes.
 */
class GuardedExpressions extends JuelExpressionManager {
    static final Set<String> FUNCTIONS = Set.of(
            CommandContextFunctions.CURRENT_USER,
            CommandContextFunctions.CURRENT_USER_GROUPS,
            DateTimeFunctions.NOW,
            DateTimeFunctions.DATE_TIME);

    private static final Set<String> FACTS_OF_EXECUTION = Set.of(
            "id",
            "processBusinessKey",
            "businessKey",
            "processInstanceId",
            "processDefinitionId",
            "currentActivityId",
            "currentActivityName",
            "tenantId",
            "getId",
            "getProcessBusinessKey",
            "getProcessInstanceId",
            "getTenantId",
            "getVariable",
            "hasVariable");
    private static final Set<String> FACTS_OF_TASK = Set.of(
            "id",
            "name",
            "assignee",
            "priority",
            "dueDate",
            "createTime",
            "taskDefinitionKey",
            "tenantId",
            "getId",
            "getAssignee",
            "getVariable",
            "hasVariable");

    /** What may be asked of {@code execution} and {@code task}, by these names. */
    static final Map<String, Set<String>> FACTS = Map.of("execution", FACTS_OF_EXECUTION, "task", FACTS_OF_TASK);

    /** Java's inside, in small letters. */
    private static final Set<String> CLOSED = Set.of(
            "class", "getclass", "classloader", "getclassloader", "declaringclass", "getdeclaringclass", "module");

    private final Function<String, Object> verbs;

    /** @param verbs gives the verb of a name, or null where there is none */
    GuardedExpressions(Function<String, Object> verbs) {
        this.verbs = verbs;
    }

    /** Whether a property or method is one that nothing may be asked for, whatever it is. */
    static boolean isClosed(String name) {
        return CLOSED.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public void addFunction(String name, Method function) {
        if (FUNCTIONS.contains(name)) {
            super.addFunction(name, function);
        }
    }

    @Override
    protected ELResolver createElResolver() {
        var resolvers = new CompositeELResolver();
        resolvers.add(new Refusals());
        resolvers.add(new Verbs(verbs));
        resolvers.add(new VariableScopeElResolver());
        resolvers.add(new VariableContextElResolver());
        resolvers.add(new ArrayELResolver(true));
        resolvers.add(new ListELResolver(true));
        resolvers.add(new MapELResolver(true));
        resolvers.add(new PlainValues());
        return resolvers;
    }

    /** Comes first and stops whatever smells of Java's inside, whoever would answer it. */
    private static final class Refusals extends ReadOnly {
        @Override
        public Object getValue(ELContext context, Object base, Object property) {
            check(base, property);
            return null;
        }

        @Override
        public Object invoke(ELContext context, Object base, Object method, Class<?>[] types, Object[] parameters) {
            check(base, method);
            return null;
        }

        private static void check(Object base, Object name) {
            boolean inside = base instanceof Class
                    || base instanceof ClassLoader
                    || base instanceof Module
                    || base instanceof Runtime
                    || base instanceof Thread
                    || base instanceof Process
                    || base != null && base.getClass().getName().startsWith("java.lang.reflect.");
            if (inside || name != null && isClosed(name.toString())) {
                throw new ELException("An expression may not reach '" + name + "'");
            }
        }
    }

    /** The verbs come before the variables, so that no variable can stand in for one. */
    private static final class Verbs extends ReadOnly {
        private final Function<String, Object> verbs;

        Verbs(Function<String, Object> verbs) {
            this.verbs = verbs;
        }

        @Override
        public Object getValue(ELContext context, Object base, Object property) {
            Object verb = base == null && property instanceof String name ? verbs.apply(name) : null;
            if (verb != null) {
                context.setPropertyResolved(true);
            }
            return verb;
        }
    }

    /** Properties and methods of what is harmless; of everything else none. */
    private static final class PlainValues extends BeanELResolver {
        PlainValues() {
            super(true);
        }

        @Override
        public Object getValue(ELContext context, Object base, Object property) {
            if (base == null) {
                return null;
            }
            check(base, property);
            return super.getValue(context, base, property);
        }

        @Override
        public Object invoke(ELContext context, Object base, Object method, Class<?>[] types, Object[] parameters) {
            if (base == null) {
                return null;
            }
            check(base, method);
            return super.invoke(context, base, method, types, parameters);
        }

        private static void check(Object base, Object name) {
            boolean allowed = base instanceof DelegateExecution
                    ? FACTS_OF_EXECUTION.contains(String.valueOf(name))
                    : base instanceof DelegateTask ? FACTS_OF_TASK.contains(String.valueOf(name)) : isPlain(base);
            if (!allowed) {
                throw new ELException("An expression may not reach '" + name + "'");
            }
        }

        private static boolean isPlain(Object base) {
            return base instanceof CharSequence
                    || base instanceof Number
                    || base instanceof Boolean
                    || base instanceof Date
                    || base instanceof Collection
                    || base instanceof Map
                    || base instanceof SpinJsonNode
                    || base instanceof SpinList
                    || base.getClass().getName().startsWith("org.joda.time.")
                    || base.getClass().getName().startsWith("java.time.");
        }
    }

    /** A resolver that only looks. */
    private abstract static class ReadOnly extends ELResolver {
        @Override
        public Object getValue(ELContext context, Object base, Object property) {
            return null;
        }

        @Override
        public Class<?> getType(ELContext context, Object base, Object property) {
            return null;
        }

        @Override
        public void setValue(ELContext context, Object base, Object property, Object value) {
            // Leaves it to the next one; none of ours writes.
        }

        @Override
        public boolean isReadOnly(ELContext context, Object base, Object property) {
            return true;
        }

        @Override
        public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
            return null;
        }

        @Override
        public Class<?> getCommonPropertyType(ELContext context, Object base) {
            return null;
        }
    }
}
