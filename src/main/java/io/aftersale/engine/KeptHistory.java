package io.aftersale.engine;

import java.util.regex.Pattern;

/** How long the history of a process or table is kept: whole days, counted from a case's start, so longer than a case lasts. */
final class KeptHistory {
    /** A review may be followed up for so long, and no other case waits longer. */
    private static final int LEAST_DAYS = 180;

    private static final Pattern DAYS = Pattern.compile("P([0-9]{1,5})D|([0-9]{1,5})");

    private KeptHistory() {}

    /** @param kept what the model says, null where it says nothing */
    static void check(ModelFile file, String id, String kept) {
        if (kept == null || kept.isBlank()) {
            throw refuse(file, id, "does not say how long its history is kept");
        }
        var days = DAYS.matcher(kept.strip());
        if (!days.matches()) {
            throw refuse(file, id, "keeps its history for '" + kept + "', which is no number of days");
        }
        if (Integer.parseInt(days.group(1) == null ? days.group(2) : days.group(1)) < LEAST_DAYS) {
            throw refuse(file, id, "keeps its history for '" + kept + "', and a case may last " + LEAST_DAYS + " days");
        }
    }

    private static RuntimeException refuse(ModelFile file, String id, String wrong) {
        return file.refuse(id, wrong, "set History time to live to P1200D, as in the other models");
    }
}
