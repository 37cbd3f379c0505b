package io.aftersale.engine;

import camundajar.impl.scala.Product;
import camundajar.impl.scala.collection.IterableOnce;
import camundajar.impl.scala.collection.Iterator;
import camundajar.impl.scala.collection.immutable.Map.Map1;
import camundajar.impl.scala.util.Either;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.camunda.bpm.dmn.feel.impl.FeelException;
import org.camunda.bpm.dmn.feel.impl.scala.ContextVariableWrapper;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngine;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.camunda.feel.FeelEngine.Failure;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.context.FunctionProvider;
import org.camunda.feel.context.VariableProvider;
import org.camunda.feel.context.VariableProvider.CompositeVariableProvider;
import org.camunda.feel.context.VariableProvider.StaticVariableProvider;
import org.camunda.feel.impl.interpreter.BuiltinFunctions;
import org.camunda.feel.impl.interpreter.EvalContext;
import org.camunda.feel.impl.interpreter.EvaluationFailureCollector;
import org.camunda.feel.impl.interpreter.FeelInterpreter;
import org.camunda.feel.syntaxtree.FunctionDefinition;
import org.camunda.feel.syntaxtree.FunctionInvocation;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.camunda.feel.syntaxtree.Ref;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValError;
import org.camunda.feel.syntaxtree.ValFatalError;
import org.camunda.feel.valuemapper.ValueMapper;

/**
 * The language of decision tables: FEEL, with every cell read once, and with the list of its functions made once. The
 * engine does both anew for each cell of each question, which is nearly all the time that a table takes. It also says of
 * a cell that somebody brings whether it only compares facts: what loops, grows without end, asks the clock or reaches
 * outside has no place in a table. Belongs to the hardening classes.
 */
class TableLanguage extends ScalaFeelEngine {
    /** Longer and deeper than any cell that a person reads. */
    static final int LONGEST = 1_000;

    static final int DEEPEST = 16;

    private static final int REMEMBERED = 20_000;

    /** What the engine calls the input of a column in its own words. */
    private static final String INPUT = "inputVariableName";

    private static final Set<String> FUNCTIONS = Set.of(
            "abs",
            "contains",
            "date",
            "ends with",
            "is defined",
            "list contains",
            "lower case",
            "max",
            "min",
            "not",
            "starts with",
            "string length",
            "upper case");

    private static final Set<String> CLOSED = Set.of(
            "EveryItem",
            "Exponentiation",
            "Filter",
            "For",
            "FunctionDefinition",
            "IterationContext",
            "JavaFunctionInvocation",
            "QualifiedFunctionInvocation",
            "SomeItem");

    private final FeelEngineApi feel;
    private final ValueMapper values;
    private final FunctionProvider functions;
    private final FeelInterpreter interpreter;
    private final Map<String, ParsedExpression> expressions = remembering();
    private final Map<String, ParsedExpression> tests = remembering();

    TableLanguage() {
        super(List.of());
        this.feel = new FeelEngineApi(feelEngine);
        this.values = feelEngine.valueMapper();
        this.functions = new BuiltinFunctions(feelEngine.clock(), values);
        this.interpreter = new FeelInterpreter(values);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T evaluateSimpleExpression(String expression, VariableContext facts) {
        return (T) evaluate(readExpression(expression), new ContextVariableWrapper(facts));
    }

    @Override
    public boolean evaluateSimpleUnaryTests(String test, String inputVariable, VariableContext facts) {
        var input = new StaticVariableProvider(new Map1<>(INPUT, inputVariable));
        return Boolean.TRUE.equals(evaluate(readTest(test), input, new ContextVariableWrapper(facts)));
    }

    /**
     * Checks the cell of a condition.
     *
     * @return the names of the facts that it looks at
     * @throws FeelException with a sentence that says what is wrong with it
     */
    Set<String> checkTest(String cell) {
        return check(cell, this::readTest);
    }

    /** Like {@link #checkTest}, for the head of a column and for outputs. */
    Set<String> checkExpression(String cell) {
        return check(cell, this::readExpression);
    }

    private static Set<String> check(String cell, Function<String, ParsedExpression> reader) {
        if (cell.length() > LONGEST) {
            throw new FeelException("has more than " + LONGEST + " characters");
        }
        if (depthOf(cell) > DEEPEST) {
            throw new FeelException("has more than " + DEEPEST + " brackets in each other");
        }
        var names = new TreeSet<String>();
        try {
            check(reader.apply(cell).expression(), names);
        } catch (StackOverflowError tooDeep) {
            throw new FeelException("is nested too deeply", tooDeep);
        }
        return names;
    }

    private static int depthOf(String cell) {
        int depth = 0;
        int deepest = 0;
        boolean quoted = false;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == '"' && (i == 0 || cell.charAt(i - 1) != '\\')) {
                quoted = !quoted;
            } else if (!quoted && "([{".indexOf(c) >= 0) {
                deepest = Math.max(deepest, ++depth);
            } else if (!quoted && ")]}".indexOf(c) >= 0) {
                depth--;
            }
        }
        return deepest;
    }

    private static void check(Object node, Set<String> names) {
        if (CLOSED.contains(node.getClass().getSimpleName()) || node instanceof FunctionDefinition) {
            throw new FeelException("does more than compare facts, which is all that a table does");
        }
        if (node instanceof FunctionInvocation call && !FUNCTIONS.contains(call.function())) {
            throw new FeelException("calls '" + call.function() + "', which is not offered in tables");
        }
        if (node instanceof Ref ref) {
            String name = ref.names().head();
            if (!name.equals("?") && !name.equals(INPUT)) {
                names.add(name);
            }
        }
        Iterator<?> parts = null;
        if (node instanceof IterableOnce<?> many) {
            parts = many.iterator();
        } else if (node instanceof Product product) {
            parts = product.productIterator();
        }
        while (parts != null && parts.hasNext()) {
            check(parts.next(), names);
        }
    }

    private ParsedExpression readExpression(String text) {
        return expressions.computeIfAbsent(
                text, unread -> orThrow(feel.parseExpression(unread).toEither()));
    }

    private ParsedExpression readTest(String text) {
        return tests.computeIfAbsent(
                text, unread -> orThrow(feel.parseUnaryTests(unread).toEither()));
    }

    private Object evaluate(ParsedExpression expression, VariableProvider... facts) {
        var context = new EvalContext(
                values, new CompositeVariableProvider(toScalaList(facts)), functions, new EvaluationFailureCollector());
        Val answer = interpreter.eval(expression.expression(), context);
        if (answer instanceof ValError odd) {
            throw new FeelException(odd.error());
        }
        if (answer instanceof ValFatalError odd) {
            throw new FeelException(odd.error());
        }
        return values.unpackVal(answer);
    }

    private static <T> T orThrow(Either<Failure, T> answer) {
        return answer.fold(
                failure -> {
                    throw new FeelException(failure.message());
                },
                it -> it);
    }

    private static Map<String, ParsedExpression> remembering() {
        return Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, ParsedExpression> eldest) {
                return size() > REMEMBERED;
            }
        });
    }
}
