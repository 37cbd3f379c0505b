package io.aftersale.engine;

import java.util.Map;
import java.util.function.Function;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Reads the extension property {@code view} of a user task: the name of the listener that puts what the form shows into
 * the new task. A property and not a listener of the diagram, since Modeler's templates can set the one and not the
 * other. A name that is not known is refused when the diagram is deployed.
 */
class TaskViews extends AbstractBpmnParseListener {
    /** The property, and the event by which {@link ShownTasks} asks for a view again. */
    static final String VIEW = "view";

    private final Function<String, TaskListener> views;

    /** @param views gives the listener of a name, or null where there is none */
    TaskViews(Function<String, TaskListener> views) {
        this.views = views;
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        Map<String, String> properties = StatusListener.propertiesOf(element);
        String name = properties.get(VIEW);
        if (name == null || name.isBlank()) {
            return;
        }
        var definition = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        TaskListener view = task -> views.apply(name).notify(task);
        definition.addTaskListener(TaskListener.EVENTNAME_CREATE, view);
        definition.addTaskListener(VIEW, view);
    }
}
