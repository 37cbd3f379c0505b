package io.aftersale.engine;

import java.util.Map;
import java.util.Set;
import org.camunda.bpm.dmn.engine.DmnDecision;

/** A table that somebody thinks of deploying: read and checked, but not deployed and asked by nobody but its owner. */
public final class Candidate {
    private final DmnDecision decision;
    private final Set<String> inputs;
    private final Set<String> outputs;
    private final Map<String, TableRow> rows;

    Candidate(DmnDecision decision, Set<String> inputs, Set<String> outputs, Map<String, TableRow> rows) {
        this.decision = decision;
        this.inputs = inputs;
        this.outputs = outputs;
        this.rows = rows;
    }

    DmnDecision decision() {
        return decision;
    }

    /** The names of all facts that its columns and cells look at. */
    public Set<String> inputs() {
        return inputs;
    }

    /** The names of its outputs. */
    public Set<String> outputs() {
        return outputs;
    }

    /** Its rows by rule id, from the first to the last. */
    public Map<String, TableRow> rows() {
        return rows;
    }
}
