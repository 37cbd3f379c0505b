package io.aftersale.cases;

import io.aftersale.access.Caller;
import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives a wait more time: a supervisor, once for each wait, with a reason that stays on the timeline. What is still to
 * come, reminder and escalation, moves with the due time.
 */
@Service
class ExtensionDesk {
    /** What databases and timers can hold, by far. */
    private static final Instant END_OF_CALENDAR = Instant.parse("3000-01-01T00:00:00Z");

    private static final String SUPERVISORS = "supervisors";

    private final Cases cases;
    private final Deadlines deadlines;
    private final CaseProcess process;
    private final CaseSheets sheets;
    private final Timeline timeline;
    private final Clock clock;
    private final ZoneId zone;

    ExtensionDesk(
            Cases cases,
            Deadlines deadlines,
            CaseProcess process,
            CaseSheets sheets,
            Timeline timeline,
            Clock clock,
            @Value("${aftersale.zone}") ZoneId zone) {
        this.cases = cases;
        this.deadlines = deadlines;
        this.process = process;
        this.sheets = sheets;
        this.timeline = timeline;
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * Moves the due time of an open wait and of its timers.
     *
     * @param action the element that waits, as the case sheet names it
     * @throws Problem NOT_ALLOWED for anyone but a supervisor, WRONG_STATE when nothing waits there, ALREADY_EXTENDED the
     *     second time, FIELD_INVALID for a time that is not later than the due time
     */
    @Transactional
    public CaseSheet extend(Caller caller, String number, String action, Instant dueAt, String reason) {
        require(caller, number);
        Case it = cases.lock(number);
        String why = FreeText.check("reason", reason, Application.MOST_TEXT);
        if (why == null || why.isBlank()) {
            throw Problem.missing("reason");
        }
        var open = deadlines.find(number).stream()
                .filter(wait -> wait.action().equals(action))
                .findFirst()
                .orElseThrow(() -> CaseProcess.wrongState(it));
        if (open.extendedBy() != null) {
            throw new Problem(ProblemCode.ALREADY_EXTENDED, "This wait was extended once already.");
        }
        if (dueAt == null) {
            throw Problem.missing("dueAt");
        }
        if (!dueAt.isAfter(clock.instant()) || !dueAt.isAfter(open.dueAt())) {
            throw Problem.invalid("dueAt", "must be later than the due time it replaces");
        }
        if (!dueAt.isBefore(END_OF_CALENDAR)) {
            throw Problem.invalid("dueAt", "lies too far ahead");
        }
        var times = open.movedTo(dueAt, clock.instant());
        deadlines.extend(open, times, caller.userId(), why);
        if (!process.moveTimers(it, times)) {
            throw CaseProcess.wrongState(it);
        }
        timeline.add(number, caller.userId(), "deadline-extended", "More time was given 已延长处理时间", why);
        process.showChanges(number);
        return sheets.of(it.number());
    }

    /** A wait as a supervisor sees it; {@code extendedBy} is null until somebody gave it more time. */
    @Schema(name = "CaseWait")
    record Wait(
            String owner, String action, OffsetDateTime dueAt, String consequence, String rule, String extendedBy) {}

    /**
     * The open waits of a case, the most urgent first.
     *
     * @throws Problem NOT_ALLOWED for anyone but a supervisor, CASE_NOT_FOUND
     */
    List<Wait> waits(Caller caller, String number) {
        require(caller, number);
        return deadlines.find(number).stream()
                .map(open -> new Wait(
                        open.owner(),
                        open.action(),
                        open.dueAt().atZone(zone).toOffsetDateTime(),
                        open.consequence(),
                        open.rule(),
                        open.extendedBy()))
                .toList();
    }

    private void require(Caller caller, String number) {
        if (!caller.groups().contains(SUPERVISORS)) {
            throw new Problem(ProblemCode.NOT_ALLOWED, "Only a supervisor may give more time.");
        }
        if (cases.find(number)
                .filter(it -> caller.merchants().contains(it.merchantId()))
                .isEmpty()) {
            throw BuyerDesk.notFound(number);
        }
    }
}
