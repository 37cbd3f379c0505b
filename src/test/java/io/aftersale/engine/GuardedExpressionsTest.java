package io.aftersale.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.el.DateTimeFunctions;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedExpressionsTest {
    private static final JavaDelegate VERB = task -> {};

    private final GuardedExpressions expressions =
            new GuardedExpressions(name -> name.equals("issueRefund") ? VERB : null);

    private final Map<String, Object> variables = Map.of(
            "amountMinor",
            3000L,
            "verdict",
            "AUDIT",
            "groups",
            List.of("reviewers"),
            "facts",
            Map.of("kind", "REFUND"),
            "dueAt",
            new Date(0),
            "stranger",
            new Stranger());

    /** Something that is no plain value. */
    public static class Stranger {
        public String getSecret() {
            return "secret";
        }
    }

    @BeforeEach
    void addFunctions() throws NoSuchMethodException {
        expressions.addFunction("now", DateTimeFunctions.class.getMethod("now"));
        expressions.addFunction("dateTime", DateTimeFunctions.class.getMethod("dateTime"));
        expressions.addFunction("exit", System.class.getMethod("exit", int.class));
    }

    @Test
    void a_diagram_may_name_verbs_and_compare_variables() {
        assertThat(value("${issueRefund}")).isSameAs(VERB);
        assertThat(value("${amountMinor > 2000 && verdict == 'AUDIT'}")).isEqualTo(true);
        assertThat(value("${groups.contains('reviewers')}")).isEqualTo(true);
        assertThat(value("${groups[0]}")).isEqualTo("reviewers");
        assertThat(value("${facts.kind}")).isEqualTo("REFUND");
        assertThat(value("${verdict.toLowerCase()}")).isEqualTo("audit");
        assertThat(value("${dueAt.time}")).isEqualTo(0L);
        assertThat(value("${now()}")).isInstanceOf(Date.class);
        assertThat(value("${dateTime().plusDays(2).toDate().after(now())}")).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${''.getClass()}",
                "${''.class}",
                "${''['class']}",
                "${''.GetClass()}",
                "${''.getClass().forName('java.lang.Runtime').getMethod('getRuntime').invoke(null).exec('true')}",
                "${''.class.forName('java.lang.Runtime')}",
                "${amountMinor.class.classLoader}",
                "${groups.getClass()}",
                "${facts.getClass()}",
                "${facts.class}",
                "${dateTime().class}",
                "${dateTime().getClass().classLoader}",
                "${issueRefund.class}",
                "${issueRefund.toString()}",
                "${issueRefund.execute(null)}",
                "${stranger.secret}",
                "${stranger.getSecret()}",
                "${dataSource}",
                "${accounts}",
                "${identityService}",
                "${environment}",
                "${exit(1)}",
                "${noSuchThing}"
            })
    void nothing_else_is_in_reach(String expression) {
        assertThatThrownBy(() -> value(expression)).as(expression).isInstanceOf(RuntimeException.class);
    }

    @Test
    void no_variable_stands_in_for_a_verb() {
        var context = expressions.createElContext(
                Variables.createVariables().putValue("issueRefund", "mine").asVariableContext());

        assertThat(expressions.createValueExpression("${issueRefund}").getValue(context))
                .isSameAs(VERB);
    }

    private Object value(String expression) {
        var context = expressions.createElContext(Variables.fromMap(variables).asVariableContext());
        return expressions.createValueExpression(expression).getValue(context);
    }
}
