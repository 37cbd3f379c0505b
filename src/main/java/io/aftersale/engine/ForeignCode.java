package io.aftersale.engine;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Refuses a diagram, whoever deploys it, that would run code of its own: classes, scripts, connectors, work for outside
 * workers, pages in place of forms (they would run in the browsers of others), expressions beyond the allow-list, and
 * calls in place of verbs. A diagram names our verbs and nothing else. Belongs to the hardening classes.
 */
class ForeignCode {
    /** The engine still reads its old namespace too. */
    private static final List<String> NAMESPACES =
            List.of("http://camunda.org/schema/1.0/bpmn", "http://activiti.org/bpmn");

    private static final String BY_TEMPLATE = "choose the template of a verb in its place";
    private static final Map<String, String> ELEMENTS = Map.of(
            "scriptTask", "is a script",
            "script", "runs a script",
            "connector", "calls another system by a connector",
            "field", "injects a field");
    private static final Map<String, String> ATTRIBUTES = Map.of(
            "class", "names the Java class",
            "formHandlerClass", "names the Java class",
            "variableMappingClass", "names the Java class",
            "variableMappingDelegateExpression", "maps variables by the code",
            "expression", "has an expression where a verb belongs:");
    private static final Pattern VERB = Pattern.compile("\\s*[$#]\\{\\s*([A-Za-z][A-Za-z0-9]*)\\s*}\\s*");

    private final Function<String, Object> verbs;
    private final ExpressionCheck expressions;

    /** @param verbs gives the verb or listener of a name, or null where there is none */
    ForeignCode(Function<String, Object> verbs, ExpressionCheck expressions) {
        this.verbs = verbs;
        this.expressions = expressions;
    }

    /** The name of the verb in {@code ${verb}}; null where the text is anything else. */
    static String verbIn(String expression) {
        Matcher verb = expression == null ? null : VERB.matcher(expression);
        return verb != null && verb.matches() ? verb.group(1) : null;
    }

    void check(ModelFile file, Element definitions) {
        check(file, definitions, definitions.getLocalName());
    }

    private void check(ModelFile file, Element element, String where) {
        String place = element.hasAttribute("id") ? element.getAttribute("id") : where;
        checkKind(file, element, place);
        attributes(element).forEach(attribute -> checkAttribute(file, element, attribute, place));
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                check(file, inner, place);
            } else if (child.getNodeValue() != null) {
                checkExpression(file, child.getNodeValue(), place);
            }
        }
    }

    private static void checkKind(ModelFile file, Element element, String place) {
        String kind = element.getLocalName();
        if (ELEMENTS.containsKey(kind)) {
            throw file.refuse(place, ELEMENTS.get(kind), BY_TEMPLATE);
        }
        if (kind.equals("constraint") && element.getAttribute("name").equals("validator")) {
            throw file.refuse(place, "brings a validator of its own", "take it out, the server checks each answer");
        }
        boolean isCondition = kind.equals("conditionExpression") || kind.equals("condition");
        if (isCondition && element.hasAttribute("language")) {
            throw file.refuse(
                    place,
                    "has a condition in " + element.getAttribute("language"),
                    "choose the type Expression and write it as ${…}");
        }
    }

    private void checkAttribute(ModelFile file, Element element, Node attribute, String place) {
        String value = attribute.getNodeValue();
        if (!isOfEngine(element, attribute)) {
            checkExpression(file, value, place);
            return;
        }
        String name = attribute.getLocalName();
        if (ATTRIBUTES.containsKey(name)) {
            throw file.refuse(place, ATTRIBUTES.get(name) + " '" + value + "'", BY_TEMPLATE);
        }
        boolean isOnElement = attribute.getNamespaceURI() != null;
        if (name.equals("type") && isOnElement) {
            throw file.refuse(place, "leaves its work to others ('" + value + "')", BY_TEMPLATE);
        }
        if (name.equals("formKey") && isOnElement) {
            throw file.refuse(
                    place, "brings a page of its own instead of a form", "choose the template of a user task");
        }
        if (name.equals("delegateExpression")) {
            checkVerb(file, element, value, place);
        } else {
            checkExpression(file, value, place);
        }
    }

    private void checkVerb(ModelFile file, Element element, String expression, String place) {
        String name = verbIn(expression);
        Object verb = name == null ? null : verbs.apply(name);
        if (verb == null) {
            throw file.refuse(
                    place,
                    "names the unknown verb '" + expression + "'",
                    "choose one from the templates, which name every verb there is");
        }
        boolean isListener = element.getLocalName().endsWith("Listener");
        if (isListener && !(verb instanceof TaskListener || verb instanceof ExecutionListener)) {
            throw file.refuse(
                    place, "does '" + expression + "' on the side, as a listener", "put the verb on a task of its own");
        }
        if (!isListener && !(verb instanceof JavaDelegate)) {
            throw file.refuse(place, "names '" + expression + "', which is no verb", BY_TEMPLATE);
        }
        if (!isListener && !element.getLocalName().equals("serviceTask")) {
            throw file.refuse(
                    place,
                    "does '" + expression + "' without being a service task",
                    "put the verb on a task of its own");
        }
    }

    private void checkExpression(ModelFile file, String text, String place) {
        if (ExpressionCheck.isExpression(text)) {
            expressions.fault(text).ifPresent(fault -> {
                throw file.refuse(
                        place,
                        fault,
                        "use variables of the case, currentUser(), currentUserGroups(), now() and dateTime() only");
            });
        }
    }

    /** Attributes of the engine's own elements stand there without its namespace. */
    private static boolean isOfEngine(Element element, Node attribute) {
        String namespace =
                attribute.getNamespaceURI() == null ? element.getNamespaceURI() : attribute.getNamespaceURI();
        return namespace != null && NAMESPACES.contains(namespace);
    }

    private static Stream<Node> attributes(Element element) {
        var attributes = element.getAttributes();
        return IntStream.range(0, attributes.getLength()).mapToObj(attributes::item);
    }
}
