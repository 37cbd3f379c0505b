package io.aftersale.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnLabel;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;

/**
 * Draws a diagram as SVG from its own shapes and edges, for people who read it without Modeler. The picture stands on a
 * light card of its own, so that it reads the same on a light and a dark page. It places nothing by itself.
 */
final class FlowPicture {
    private static final int MARGIN = 30;
    private static final double LINE = 13;
    private static final double LETTER = 6;
    private static final double HAN = 11.2;
    private static final String STYLE = """
            text{font:11px "Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",Arial,sans-serif;fill:#1f2933}
            .card{fill:#fdfdfc;stroke:#d5d9de}
            .line{fill:none;stroke:#47525d;stroke-width:1.4}
            .box{fill:#fff;stroke:#47525d;stroke-width:1.4}
            .wait{fill:#fff4d6;stroke:#a87b12}
            .part{fill:#eef1fb;stroke:#3f51a3;stroke-width:3}
            .scope{fill:none;stroke:#8a94a0;stroke-width:1.4}
            .dashed{stroke-dasharray:4 3}
            .start{stroke:#2e7d4f;fill:#f1faf4}
            .end{stroke-width:3.6;fill:#f4f5f7}
            .ink{fill:#47525d}
            .label{fill:#3a4651}
            """;

    private final BpmnModelInstance diagram;
    private final StringBuilder svg = new StringBuilder();

    private FlowPicture(BpmnModelInstance diagram) {
        this.diagram = diagram;
    }

    /** The picture of a diagram; the same diagram gives the same text. */
    static String of(BpmnModelInstance diagram) {
        return new FlowPicture(diagram).draw();
    }

    private String draw() {
        var shapes = List.copyOf(diagram.getModelElementsByType(BpmnShape.class));
        var edges = List.copyOf(diagram.getModelElementsByType(BpmnEdge.class));
        frame(shapes, edges);
        shapes.stream().filter(FlowPicture::isScope).forEach(this::scope);
        edges.forEach(this::edge);
        shapes.stream()
                .filter(shape -> !isScope(shape) && !(shape.getBpmnElement() instanceof BoundaryEvent))
                .forEach(this::shape);
        shapes.stream()
                .filter(shape -> shape.getBpmnElement() instanceof BoundaryEvent)
                .forEach(this::shape);
        return svg.append("</svg>\n").toString();
    }

    private void frame(List<BpmnShape> shapes, List<BpmnEdge> edges) {
        double left = Double.MAX_VALUE;
        double top = Double.MAX_VALUE;
        double right = 0;
        double bottom = 0;
        var corners = new ArrayList<double[]>();
        shapes.forEach(shape -> {
            corners.add(corners(shape.getBounds()));
            if (shape.getBpmnLabel() != null) {
                corners.add(corners(shape.getBpmnLabel().getBounds()));
            }
        });
        edges.forEach(edge -> edge.getWaypoints()
                .forEach(at -> corners.add(new double[] {at.getX(), at.getY(), at.getX(), at.getY()})));
        for (double[] corner : corners) {
            left = Math.min(left, corner[0]);
            top = Math.min(top, corner[1]);
            right = Math.max(right, corner[2]);
            bottom = Math.max(bottom, corner[3]);
        }
        String box = "%s %s %s %s"
                .formatted(
                        number(left - MARGIN),
                        number(top - MARGIN),
                        number(right - left + 2 * MARGIN),
                        number(bottom - top + 2 * MARGIN));
        line("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"%s\" role=\"img\">", box);
        line("<style>\n%s</style>", STYLE);
        line("<defs><marker id=\"tip\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\""
                + " orient=\"auto\"><path class=\"ink\" d=\"M0 1 L9 5 L0 9 z\"/></marker></defs>");
        line(
                "<rect class=\"card\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"12\"/>",
                number(left - MARGIN + 1),
                number(top - MARGIN + 1),
                number(right - left + 2 * MARGIN - 2),
                number(bottom - top + 2 * MARGIN - 2));
    }

    private static double[] corners(Bounds it) {
        return new double[] {it.getX(), it.getY(), it.getX() + it.getWidth(), it.getY() + it.getHeight()};
    }

    private void scope(BpmnShape shape) {
        var scope = (SubProcess) shape.getBpmnElement();
        Bounds at = shape.getBounds();
        rectangle(at, scope.triggeredByEvent() ? "scope dashed" : "scope");
        text(scope.getName(), at.getX() + at.getWidth() / 2, at.getY() + 18, at.getWidth() - 20, "label");
        if (scope.getLoopCharacteristics() != null) {
            double x = at.getX() + at.getWidth() / 2;
            double y = at.getY() + at.getHeight() - 16;
            line(
                    "<path class=\"line\" d=\"M%1$s %4$s v10 M%2$s %4$s v10 M%3$s %4$s v10\"/>",
                    number(x - 4), number(x), number(x + 4), number(y));
        }
    }

    private void shape(BpmnShape shape) {
        BaseElement element = shape.getBpmnElement();
        Bounds at = shape.getBounds();
        if (element instanceof Gateway gateway) {
            gateway(gateway, at);
        } else if (element instanceof Event event) {
            event(event, at);
        } else if (element instanceof Activity activity) {
            activity(activity, at);
            return;
        }
        if (shape.getBpmnLabel() != null && element instanceof FlowElement named && named.getName() != null) {
            label(named.getName(), shape.getBpmnLabel());
        }
    }

    private void activity(Activity activity, Bounds at) {
        boolean isWait = activity instanceof UserTask || activity instanceof ReceiveTask;
        rectangle(at, activity instanceof CallActivity ? "part" : isWait ? "box wait" : "box");
        double x = at.getX() + 12;
        double y = at.getY() + 12;
        if (activity instanceof UserTask) {
            line(
                    "<circle class=\"ink\" cx=\"%1$s\" cy=\"%2$s\" r=\"3.2\"/><path class=\"ink\" d=\"M%3$s %4$s a6 6 0 0 1 12 0 z\"/>",
                    number(x), number(y - 2), number(x - 6), number(y + 7));
        } else if (activity instanceof ServiceTask) {
            line(
                    "<circle class=\"line\" cx=\"%1$s\" cy=\"%2$s\" r=\"4\"/><circle class=\"line dashed\" cx=\"%1$s\" cy=\"%2$s\" r=\"6.4\"/>",
                    number(x), number(y));
        } else if (activity instanceof ReceiveTask) {
            envelope(x, y);
        }
        text(
                activity.getName(),
                at.getX() + at.getWidth() / 2,
                at.getY() + at.getHeight() / 2,
                at.getWidth() - 8,
                null);
    }

    private void gateway(Gateway gateway, Bounds at) {
        double x = at.getX() + at.getWidth() / 2;
        double y = at.getY() + at.getHeight() / 2;
        line(
                "<path class=\"%s\" d=\"M%s %s L%s %s L%s %s L%s %s z\"/>",
                gateway instanceof EventBasedGateway ? "box wait" : "box",
                number(x),
                number(at.getY()),
                number(at.getX() + at.getWidth()),
                number(y),
                number(x),
                number(at.getY() + at.getHeight()),
                number(at.getX()),
                number(y));
        if (gateway instanceof EventBasedGateway) {
            circle(x, y, 13, "line");
            circle(x, y, 10, "line");
        } else if (gateway instanceof ParallelGateway) {
            line(
                    "<path class=\"line\" d=\"M%s %s h16 M%s %s v16\"/>",
                    number(x - 8), number(y), number(x), number(y - 8));
        } else if (gateway instanceof InclusiveGateway) {
            circle(x, y, 12, "line");
        } else if (gateway.getOutgoing().size() > 1) {
            line(
                    "<path class=\"line\" d=\"M%1$s %2$s l12 12 M%1$s %3$s l12 -12\"/>",
                    number(x - 6), number(y - 6), number(y + 6));
        }
    }

    private void event(Event event, Bounds at) {
        double x = at.getX() + at.getWidth() / 2;
        double y = at.getY() + at.getHeight() / 2;
        boolean isSilent = event instanceof BoundaryEvent boundary && !boundary.cancelActivity();
        String dashes = isSilent ? " dashed" : "";
        circle(
                x,
                y,
                18,
                event instanceof StartEvent ? "box start" : event instanceof EndEvent ? "box end" : "box" + dashes);
        if (!(event instanceof StartEvent) && !(event instanceof EndEvent)) {
            circle(x, y, 14.5, "line" + dashes);
        }
        for (EventDefinition cause : event.getChildElementsByType(EventDefinition.class)) {
            if (cause instanceof TimerEventDefinition) {
                circle(x, y, 9, "line");
                line("<path class=\"line\" d=\"M%1$s %2$s v-6 M%1$s %2$s h4.5\"/>", number(x), number(y));
            } else if (cause instanceof MessageEventDefinition) {
                envelope(x, y);
            } else {
                line(
                        "<path class=\"ink\" d=\"M%s %s l4 -11 l4 6 l4 -6 l-4 11 l-4 -6 z\"/>",
                        number(x - 6), number(y + 5));
            }
        }
    }

    private void edge(BpmnEdge edge) {
        String path = edge.getWaypoints().stream().map(FlowPicture::point).collect(Collectors.joining(" L", "M", ""));
        line("<path class=\"line\" d=\"%s\" marker-end=\"url(#tip)\"/>", path);
        if (!(edge.getBpmnElement() instanceof SequenceFlow flow)) {
            return;
        }
        if (flow.getSource() instanceof Gateway gateway && flow.equals(defaultOf(gateway))) {
            slash(List.copyOf(edge.getWaypoints()));
        }
        if (flow.getName() != null && edge.getBpmnLabel() != null) {
            label(flow.getName(), edge.getBpmnLabel());
        }
    }

    private static SequenceFlow defaultOf(Gateway gateway) {
        return gateway.getAttributeValue("default") == null
                ? null
                : gateway.getModelInstance().getModelElementById(gateway.getAttributeValue("default"));
    }

    /** The mark of a default flow, a little behind its beginning. */
    private void slash(List<Waypoint> way) {
        double dx = Math.signum(way.get(1).getX() - way.get(0).getX());
        double dy = Math.signum(way.get(1).getY() - way.get(0).getY());
        double x = way.get(0).getX() + 10 * dx;
        double y = way.get(0).getY() + 10 * dy;
        line("<path class=\"line\" d=\"M%s %s L%s %s\"/>", number(x - 4), number(y - 5), number(x + 4), number(y + 5));
    }

    private void rectangle(Bounds at, String style) {
        line(
                "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"9\"/>",
                style, number(at.getX()), number(at.getY()), number(at.getWidth()), number(at.getHeight()));
    }

    private void circle(double x, double y, double radius, String style) {
        line("<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>", style, number(x), number(y), number(radius));
    }

    private void envelope(double x, double y) {
        line("<path class=\"line\" d=\"M%s %s h16 v11 h-16 z l8 6 l8 -6\"/>", number(x - 8), number(y - 5.5));
    }

    private void label(String name, BpmnLabel label) {
        Bounds at = label.getBounds();
        double width = Math.max(at.getWidth(), 90);
        var lines = wrapped(name, width);
        double middle = at.getY() + Math.max(at.getHeight(), lines.size() * LINE) / 2;
        text(lines, at.getX() + at.getWidth() / 2, middle, "label");
    }

    private void text(String name, double x, double y, double width, String style) {
        if (name != null) {
            text(wrapped(name, width), x, y, style);
        }
    }

    private void text(List<String> lines, double x, double y, String style) {
        double first = y - (lines.size() - 1) * LINE / 2 + 4;
        for (int i = 0; i < lines.size(); i++) {
            line(
                    "<text%s x=\"%s\" y=\"%s\" text-anchor=\"middle\">%s</text>",
                    style == null ? "" : " class=\"" + style + "\"",
                    number(x),
                    number(first + i * LINE),
                    escaped(lines.get(i)));
        }
    }

    /** Breaks between words, and between Latin and Chinese words as between others. */
    private static List<String> wrapped(String name, double width) {
        var lines = new ArrayList<String>();
        String current = "";
        for (String word : name.split(" ")) {
            String longer = current.isEmpty() ? word : current + " " + word;
            if (!current.isEmpty() && widthOf(longer) > width) {
                lines.add(current);
                current = word;
            } else {
                current = longer;
            }
        }
        lines.add(current);
        return lines;
    }

    private static double widthOf(String text) {
        return text.codePoints().mapToDouble(it -> it > 0x2E80 ? HAN : LETTER).sum();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static boolean isScope(BpmnShape shape) {
        return shape.getBpmnElement() instanceof SubProcess;
    }

    private static String point(Waypoint at) {
        return number(at.getX()) + " " + number(at.getY());
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.1f", value);
    }

    private void line(String form, Object... values) {
        svg.append(values.length == 0 ? form : form.formatted(values)).append('\n');
    }
}
