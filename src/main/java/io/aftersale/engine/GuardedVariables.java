package io.aftersale.engine;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.springframework.stereotype.Component;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * No expression of a diagram asks for a variable that nothing sets: a typing error would stop each case at that place.
 * Variables are set by verbs and answers (the templates say which), by mappings of the diagram itself, and by callers.
 */
@Component
class GuardedVariables {
    /** What the engine itself sets. */
    private static final Set<String> OF_THE_ENGINE = Set.of(
            "execution", "task", "loopCounter", "nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances");

    private static final Set<String> NAMING_ATTRIBUTES =
            Set.of("target", "elementVariable", "resultVariable", "initiator");
    private static final Set<String> PARAMETERS = Set.of("inputParameter", "outputParameter");

    private final Templates templates;

    GuardedVariables(Templates templates) {
        this.templates = templates;
    }

    void check(ModelFile file, BpmnModelInstance model, Neighbours others) {
        var root = rootOf(model);
        var known = new TreeSet<>(OF_THE_ENGINE);
        addNames(root, known);
        eachExpression(
                root,
                root.getLocalName(),
                (place, text) -> ExpressionCheck.namesIn(text).stream()
                        .filter(name -> !known.contains(name) && !templates.isVariable(name))
                        .filter(name -> !isHandedOn(name, others))
                        .findFirst()
                        .ifPresent(name -> {
                            throw file.refuse(
                                    place,
                                    "asks for the variable '" + name + "', which nothing sets",
                                    "use one that a verb or an answer sets, as listed in bpmn/README.md");
                        }));
    }

    /** The names that mappings and loops of a diagram give to variables. */
    static Set<String> namesGivenIn(Process process) {
        var names = new TreeSet<String>();
        addNames(rootOf((BpmnModelInstance) process.getModelInstance()), names);
        return names;
    }

    private static Element rootOf(BpmnModelInstance model) {
        return ((Document) model.getDocument().getDomSource().getNode()).getDocumentElement();
    }

    private static void addNames(Element element, Set<String> known) {
        var attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            String name = attributes.item(i).getLocalName();
            if (NAMING_ATTRIBUTES.contains(name)
                    || name.equals("name") && PARAMETERS.contains(element.getLocalName())) {
                known.add(attributes.item(i).getNodeValue());
            }
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                addNames(inner, known);
            }
        }
    }

    private static void eachExpression(Element element, String where, BiConsumer<String, String> reader) {
        String place = element.hasAttribute("id") ? element.getAttribute("id") : where;
        var attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            String name = attributes.item(i).getLocalName();
            String value = attributes.item(i).getNodeValue();
            if (name.equals("collection") && !ExpressionCheck.isExpression(value)) {
                reader.accept(place, "${" + value + "}");
            } else if (!name.equals("delegateExpression")) {
                read(place, value, reader);
            }
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                eachExpression(inner, place, reader);
            } else if (child.getNodeValue() != null) {
                read(place, child.getNodeValue(), reader);
            }
        }
    }

    private static void read(String place, String text, BiConsumer<String, String> reader) {
        if (ExpressionCheck.isExpression(text)) {
            reader.accept(place, text);
        }
    }

    /** Whether some flow hands a variable of this name to a part that it calls. */
    private static boolean isHandedOn(String name, Neighbours others) {
        return others.flows().stream()
                .flatMap(flow -> flow.getModelInstance().getModelElementsByType(CamundaIn.class).stream())
                .anyMatch(in -> name.equals(in.getCamundaTarget()));
    }
}
