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

    /** The id that what is in the file has to have: its name without its ending. */
    String key() {
        return name.replaceFirst("(?s)(.*?)\\.(bpmn|bpmn20\\.xml|dmn|dmn11\\.xml|form)$", "$1");
    }

    /**
     * Two files of different names must not stand in each other's place, nor one of another folder.
     *
     * @param kind what the file holds, as a word
     * @throws Problem MODEL_REFUSED where the id is not the file's name
     */
    void checkKey(String kind, String id) {
        if (!key().equals(id)) {
            String ending = isDiagram() ? ".bpmn" : isTable() ? ".dmn" : ".form";
            throw refuse(
                    "holds the %s '%s'".formatted(kind, id),
                    "name the file %s%s, or give the %s the id of its file".formatted(id, ending, kind));
        }
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
