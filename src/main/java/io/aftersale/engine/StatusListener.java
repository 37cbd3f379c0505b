package io.aftersale.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Reads the extension properties {@code status} and {@code outcome} of every element of a diagram and tells the boards
 * when a process enters one, so that the status people read is declared in the diagram and nowhere else.
 */
class StatusListener extends AbstractBpmnParseListener {
    private final Supplier<List<StatusBoard>> boards;

    StatusListener(Supplier<List<StatusBoard>> boards) {
        this.boards = boards;
    }

    @Override
    public void parseProcess(Element process, ProcessDefinitionEntity definition) {
        listen(process, definition);
    }

    private void listen(Element parent, ProcessDefinitionEntity definition) {
        for (Element element : parent.elements()) {
            var properties = propertiesOf(element);
            ActivityImpl activity = properties.containsKey("status") && element.attribute("id") != null
                    ? definition.findActivity(element.attribute("id"))
                    : null;
            if (activity != null) {
                activity.addListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) execution -> tell(
                        execution.getProcessBusinessKey(),
                        execution.getProcessInstanceId(),
                        activity.getId(),
                        properties.get("status"),
                        properties.get("outcome")));
            }
            listen(element, definition);
        }
    }

    private void tell(String businessKey, String processInstanceId, String elementId, String status, String outcome) {
        for (StatusBoard board : boards.get()) {
            if (board.knows(businessKey)) {
                board.entered(businessKey, processInstanceId, elementId, status, outcome);
            }
        }
    }

    /** The extension properties of an element by name. */
    static Map<String, String> propertiesOf(Element element) {
        var properties = new HashMap<String, String>();
        Element extensions = element.element("extensionElements");
        Element list = extensions == null ? null : extensions.element("properties");
        if (list != null) {
            list.elements("property")
                    .forEach(property -> properties.put(property.attribute("name"), property.attribute("value")));
        }
        return properties;
    }
}
