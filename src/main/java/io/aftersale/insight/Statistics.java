package io.aftersale.insight;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/** The answer to a question: one sum of all, and the groups that were asked for. */
record Statistics(
        LocalDate from,
        LocalDate to,
        List<String> by,
        Set<String> merchants,
        double quantileError,
        Figures total,
        List<Group> items,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int leftOut) {

    /** One group; what was not asked for is null. */
    record Group(String kind, LocalDate day, String sku, String merchant, String reason, Figures figures) {}
}
