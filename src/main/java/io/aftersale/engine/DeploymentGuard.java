package io.aftersale.engine;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.exception.NotValidException;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Reads every diagram that is deployed, whoever deploys it, and refuses what would run code of its own: classes, scripts,
 * connectors, work for outside workers, pages in place of forms (they would run in the browsers of others), and calls in
 * place of verbs. A diagram names our verbs and nothing else. Belongs to the hardening classes.
 */
class DeploymentGuard extends AbstractBpmnParseListener {
    /** The engine still reads its old namespace too. */
    private static final List<String> NAMESPACES =
            List.of("http://camunda.org/schema/1.0/bpmn", "http://activiti.org/bpmn");

    private static final String VALIDATOR = "validator";
    private static final List<String> CLASSES = List.of("class", "formHandlerClass", "variableMappingClass");
    private static final Set<String> ELEMENTS = Set.of("scriptTask", "script", "connector");
    private static final Pattern VERB = Pattern.compile("\\s*[$#]\\{\\s*([A-Za-z][A-Za-z0-9]*)\\s*}\\s*");

    private final Function<String, Object> verbs;

    /** @param verbs gives the verb of a name, or null where there is none */
    DeploymentGuard(Function<String, Object> verbs) {
        this.verbs = verbs;
    }

    @Override
    public void parseProcess(Element process, ProcessDefinitionEntity definition) {
        check(process, process.attribute("id"));
    }

    private void check(Element element, String where) {
        String place = element.attribute("id") == null ? where : element.attribute("id");
        if (ELEMENTS.contains(element.getTagName())) {
            throw refuse(place, "has a " + element.getTagName());
        }
        if (element.getTagName().equals("constraint") && VALIDATOR.equals(element.attribute("name"))) {
            throw refuse(place, "has a validator of its own");
        }
        for (String namespace : NAMESPACES) {
            checkAttributes(element, place, namespace + ":");
            if (element.attribute(namespace + ":formKey") != null) {
                throw refuse(place, "brings a page of its own instead of a form");
            }
            if (element.attribute(namespace + ":type") != null) {
                throw refuse(place, "leaves its work to others");
            }
        }
        if (NAMESPACES.contains(element.getUri())) {
            checkAttributes(element, place, "");
        }
        if (element.getTagName().equals("conditionExpression") && element.attribute("language") != null) {
            throw refuse(place, "has a condition in " + element.attribute("language"));
        }
        element.elements().forEach(child -> check(child, place));
    }

    private void checkAttributes(Element element, String place, String namespace) {
        if (CLASSES.stream().anyMatch(name -> element.attribute(namespace + name) != null)) {
            throw refuse(place, "names a class");
        }
        if (element.attribute(namespace + "expression") != null) {
            throw refuse(place, "has an expression where a verb belongs");
        }
        checkVerb(place, element.attribute(namespace + "delegateExpression"));
    }

    private void checkVerb(String place, String expression) {
        if (expression == null) {
            return;
        }
        Matcher verb = VERB.matcher(expression);
        if (!verb.matches() || verbs.apply(verb.group(1)) == null) {
            throw refuse(place, "names the unknown verb " + expression);
        }
    }

    private static NotValidException refuse(String place, String why) {
        return new NotValidException("The diagram cannot be taken: '" + place + "' " + why + ".");
    }
}
