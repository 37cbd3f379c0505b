package io.aftersale.engine;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.camunda.bpm.impl.juel.AstBracket;
import org.camunda.bpm.impl.juel.AstDot;
import org.camunda.bpm.impl.juel.AstFunction;
import org.camunda.bpm.impl.juel.AstIdentifier;
import org.camunda.bpm.impl.juel.AstProperty;
import org.camunda.bpm.impl.juel.AstString;
import org.camunda.bpm.impl.juel.Builder;
import org.camunda.bpm.impl.juel.Node;
import org.camunda.bpm.impl.juel.TreeBuilderException;

/**
 * Reads an expression without evaluating it and says what in it would be refused later, when a case comes by. What may
 * be reached at all is {@link GuardedExpressions}' decision. Belongs to the hardening classes.
 */
class ExpressionCheck {
    private static final Builder READER = new Builder(Builder.Feature.METHOD_INVOCATIONS);

    private final Predicate<String> isBean;

    /** @param isBean whether a name is one of the application's own, which no expression reaches as a value */
    ExpressionCheck(Predicate<String> isBean) {
        this.isBean = isBean;
    }

    static boolean isExpression(String text) {
        return text.contains("${") || text.contains("#{");
    }

    /** What is wrong with an expression, ready to stand behind its element's name; empty when it may stand. */
    Optional<String> fault(String text) {
        try {
            return fault(READER.build(text.strip()).getRoot()).map(it -> "has the expression " + shown(text) + it);
        } catch (TreeBuilderException unreadable) {
            return Optional.of("has the expression " + shown(text) + ", which cannot be read");
        }
    }

    /** The names that an expression asks for by themselves; none where it cannot be read. */
    static Set<String> namesIn(String text) {
        var names = new TreeSet<String>();
        try {
            READER.build(text.strip()).getIdentifierNodes().forEach(node -> names.add(node.getName()));
        } catch (TreeBuilderException unreadable) {
            return Set.of();
        }
        return names;
    }

    private Optional<String> fault(Node node) {
        if (node instanceof AstIdentifier name && isBean.test(name.getName())) {
            return Optional.of(", which reaches '" + name.getName() + "'");
        }
        if (node instanceof AstFunction function && !GuardedExpressions.FUNCTIONS.contains(function.getName())) {
            return Optional.of(", which calls '" + function.getName() + "'");
        }
        if (node instanceof AstProperty property) {
            String name = nameOf(property);
            if (name != null && (GuardedExpressions.isClosed(name) || !isFact(property.getChild(0), name))) {
                return Optional.of(", which reaches '" + name + "'");
            }
        }
        for (int i = 0; i < node.getCardinality(); i++) {
            var fault = node.getChild(i) == null ? Optional.<String>empty() : fault(node.getChild(i));
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    /** Whether a property may be asked of its owner; of variables only the case will tell what they are. */
    private static boolean isFact(Node owner, String name) {
        String of = owner instanceof AstIdentifier it ? it.getName() : "";
        Set<String> facts = GuardedExpressions.FACTS.get(of);
        return facts == null || facts.contains(name);
    }

    /** The name in {@code x.name} and {@code x['name']}; null where it is worked out only later. */
    private static String nameOf(AstProperty property) {
        if (property instanceof AstDot dot) {
            return dot.toString().replaceFirst("^\\.\\s*", "");
        }
        return property instanceof AstBracket bracket && bracket.getChild(1) instanceof AstString text
                ? String.valueOf(text.eval(null, null))
                : null;
    }

    private static String shown(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return "'" + (line.length() > 80 ? line.substring(0, 80) + "…" : line) + "'";
    }
}
