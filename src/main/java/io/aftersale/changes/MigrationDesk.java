package io.aftersale.changes;

import io.aftersale.access.Caller;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Moves cases that run on an old version of a flow to another one, for owners and for the merchants they work for. It
 * shows beforehand what would not fit, moves nothing that does not, and keeps who ordered it.
 */
@Service
class MigrationDesk {
    private final MigrationProcess process;
    private final Migrations migrations;
    private final Clock clock;
    private final ZoneId zone;

    MigrationDesk(
            MigrationProcess process, Migrations migrations, Clock clock, @Value("${aftersale.zone}") ZoneId zone) {
        this.process = process;
        this.migrations = migrations;
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * Says what would become of the running cases. Changes nothing.
     *
     * @throws Problem FLOW_NOT_FOUND, FIELD_INVALID when both versions are the same
     */
    MigrationPlanView plan(Caller caller, String flow, int from, int to) {
        return prepare(caller, flow, from, to).view(flow, from, to);
    }

    /**
     * Begins to move the running cases, in the background and one by one.
     *
     * @param leaveOthers whether cases that do not fit are left where they are; otherwise they stop all others too
     * @throws Problem as {@link #plan}, NOTHING_TO_MIGRATE, MIGRATION_NOT_MAPPING
     */
    @Transactional
    public MigrationStatus move(Caller caller, String flow, int from, int to, boolean leaveOthers) {
        var prepared = prepare(caller, flow, from, to);
        if (prepared.instances() == 0) {
            throw new Problem(
                    ProblemCode.NOTHING_TO_MIGRATE, "No case of yours runs on version " + from + " of '" + flow + "'.");
        }
        List<String> movable = prepared.movable();
        int others = prepared.instances() - movable.size();
        if (movable.isEmpty() || others > 0 && !leaveOthers) {
            throw new Problem(
                            ProblemCode.MIGRATION_NOT_MAPPING,
                            others + " of " + prepared.instances() + " running cases have no place in version " + to
                                    + "; nothing was moved.")
                    .with(
                            "places",
                            prepared.view(flow, from, to).places().stream()
                                    .filter(place -> !place.maps())
                                    .toList());
        }
        var migration = new Migration(
                process.move(prepared.plan(), movable),
                flow,
                from,
                to,
                movable.size(),
                caller.merchants(),
                caller.userId(),
                clock.instant());
        migrations.add(migration);
        return status(migration);
    }

    /** @throws Problem MIGRATION_NOT_FOUND */
    MigrationStatus status(Caller caller, String flow, String batchId) {
        return migrations
                .find(flow, batchId)
                .filter(it -> caller.merchants().containsAll(it.merchantIds()))
                .map(this::status)
                .orElseThrow(() -> new Problem(
                        ProblemCode.MIGRATION_NOT_FOUND, "There is no migration '" + batchId + "' of this flow."));
    }

    private MigrationStatus status(Migration it) {
        var progress = process.progress(it.batchId())
                .orElseGet(() -> new MigrationProcess.Progress(it.instances(), 0, List.of()));
        return new MigrationStatus(
                it.batchId(),
                it.flow(),
                it.from(),
                it.to(),
                it.startedBy(),
                it.startedAt().atZone(zone).toOffsetDateTime(),
                it.instances(),
                progress.done(),
                progress.failed(),
                progress.reasons(),
                progress.done() + progress.failed() >= it.instances());
    }

    private MigrationProcess.Prepared prepare(Caller caller, String flow, int from, int to) {
        if (from == to) {
            throw Problem.invalid("to", "is another version than 'from'");
        }
        return process.prepare(flow, from, to, caller.merchants());
    }
}
