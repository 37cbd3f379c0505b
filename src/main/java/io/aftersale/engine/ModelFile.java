package io.aftersale.engine;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Locale;

/** A diagram, table or form that somebody deploys, under the name that it comes with. */
record ModelFile(String name, byte[] content) {
    boolean isDiagram() {
        return name.endsWith(".bpmn") || name.endsWith(".bpmn20.xml");
    }

    boolean isTable() {
        return name.endsWith(".dmn") || name.endsWith(".dmn11.xml");
    }

    boolean isForm() {
        return name.endsWith(".form");
    }

    InputStream open() {
        return new ByteArrayInputStream(content);
    }

    /**
     * The refusal that its owner reads in Modeler: one sentence that names the element, what is wrong, and the mend.
     *
     * @param element the id of the element, or the place in a table
     */
    Problem refuse(String element, String wrong, String mend) {
        return new Problem(
                        ProblemCode.MODEL_REFUSED,
                        "%s is refused: %s %s; %s.".formatted(name, quoted(element), wrong, mend))
                .with("file", name)
                .with("element", element);
    }

    /** Like the other one, where it is the file as a whole. */
    Problem refuse(String wrong, String mend) {
        return new Problem(ProblemCode.MODEL_REFUSED, "%s is refused: it %s; %s.".formatted(name, wrong, mend))
                .with("file", name);
    }

    /** Like the others, where somebody else has found the words. */
    Problem refuse(Problem found) {
        String why = found.detail();
        return new Problem(
                        ProblemCode.MODEL_REFUSED,
                        name + " is refused: " + why.substring(0, 1).toLowerCase(Locale.ROOT) + why.substring(1))
                .with("file", name);
    }

    private static String quoted(String element) {
        return element.contains(" ") ? element : "'" + element + "'";
    }
}
