package io.aftersale.operations;

import io.aftersale.access.Caller;
import io.aftersale.cases.Timeline;
import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * An operator's hand on steps that failed for good. Nothing is done without a reason, and the reason stays: in the record
 * of operations always, on the timeline where it is about a case.
 */
@Service
class IncidentDesk {
    private static final Logger LOG = LoggerFactory.getLogger(IncidentDesk.class);
    private static final String CASE = "AS-";
    private static final int MOST_REASON = 2_000;

    private final IncidentProcess process;
    private final OperationLog log;
    private final Timeline timeline;

    IncidentDesk(IncidentProcess process, OperationLog log, Timeline timeline) {
        this.process = process;
        this.log = log;
        this.timeline = timeline;
    }

    List<Incident> all() {
        return process.all();
    }

    /** @throws Problem INCIDENT_NOT_FOUND, FIELD_MISSING without a reason */
    @Transactional
    public void retry(Caller caller, String id, String reason) {
        Incident incident = require(id);
        keep(caller, incident, "step-retried", "A step that had failed is tried again 失败步骤已重试", reason);
        process.retry(id);
    }

    /** @throws Problem INCIDENT_NOT_FOUND, FIELD_MISSING without a reason, WRONG_STATE where nothing can go on without it */
    @Transactional
    public void skip(Caller caller, String id, String reason) {
        Incident incident = require(id);
        if (!incident.isSkippable()) {
            throw new Problem(
                    ProblemCode.WRONG_STATE,
                    "The step '" + incident.element()
                            + "' cannot be skipped; retry it, or have finance settle the payout.");
        }
        keep(caller, incident, "step-skipped", "A step that had failed is left out 失败步骤已跳过", reason);
        try {
            process.skip(id);
        } catch (RuntimeException behind) {
            LOG.info("Behind {} of {} it does not go on", incident.element(), incident.number(), behind);
            throw new Problem(
                    ProblemCode.WRONG_STATE,
                    "The step '" + incident.element() + "' cannot be skipped: what comes behind it fails without it.");
        }
    }

    private Incident require(String id) {
        return process.find(id)
                .orElseThrow(
                        () -> new Problem(ProblemCode.INCIDENT_NOT_FOUND, "There is no incident " + shown(id) + "."));
    }

    private void keep(Caller caller, Incident incident, String event, String text, String reason) {
        String why = FreeText.check("reason", reason, MOST_REASON);
        if (why == null || why.isBlank()) {
            throw Problem.missing("reason");
        }
        log.add(event, incident.number(), incident.flow() + " " + incident.element(), caller.userId(), why);
        if (incident.number() != null && incident.number().startsWith(CASE)) {
            timeline.add(incident.number(), caller.userId(), event, text, incident.element() + ": " + why);
        }
    }

    private static String shown(String id) {
        return id.matches("[A-Za-z0-9-]{1,64}") ? id : "with this id";
    }
}
