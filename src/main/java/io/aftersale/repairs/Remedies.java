package io.aftersale.repairs;

import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.Warranty;
import io.aftersale.engine.Rules;
import io.aftersale.engine.Ruling;
import io.aftersale.orders.OrderBook;
import io.aftersale.orders.OrderLine;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Asks the tables what is owed for a fault and on which terms it is repaired, and works out the facts that they look at.
 * What was claimed in time is judged by the day of the application. It moves nothing.
 */
@Component
class Remedies {
    static final String MANUAL = "MANUAL";
    private static final List<String> ALL = List.of("RETURN", "EXCHANGE", "REPAIR");
    private static final Set<String> PHONES_AND_COMPUTERS = Set.of("phones", "computers");
    private static final long BEYOND_ANY_PRICE = 1_000_000;

    private final CaseFiles files;
    private final OrderBook orders;
    private final Rules rules;
    private final Clock clock;
    private final ZoneId zone;

    Remedies(CaseFiles files, OrderBook orders, Rules rules, Clock clock, @Value("${aftersale.zone}") ZoneId zone) {
        this.files = files;
        this.orders = orders;
        this.rules = rules;
        this.clock = clock;
        this.zone = zone;
    }

    /** What the tables said: the terms, and what is open to the buyer of RETURN, EXCHANGE and REPAIR. */
    record Said(String terms, List<String> remedies) {}

    /** On which terms a diagnosis is carried out; what the tables said is kept on the case. */
    Said decide(CaseFile file, Repair it) {
        var standing = files.standing(file, it.lineId());
        var asked = facts(file, it, standing);
        Ruling remedy = rules.ask("quality-remedy", asked);
        boolean isKnown = !remedy.text("reasonCode", "INPUT_MISSING").equals("INPUT_MISSING");
        var facts = new HashMap<String, Object>();
        facts.put("inWarranty", standing.inWarranty() || remedy.isTrue("repair"));
        facts.put("misuse", it.diagnosis().misuse());
        facts.put("costPerMilleOfPrice", costPerMille(file, it));
        facts.put(
                "quotedDays",
                it.diagnosis().days() == null ? null : (long) it.diagnosis().days());
        facts.put("sameModelInStock", it.inStock());
        facts.put("repairable", it.diagnosis().repairable());
        facts.put("repairOpen", isKnown ? remedy.isTrue("repair") : null);
        Ruling terms = rules.ask("repair-terms", facts);
        files.keep(file.number(), it.lineId(), asked, remedy);
        files.keep(file.number(), it.lineId(), facts, terms);
        return new Said(terms.text("terms", MANUAL), owed(it, remedy));
    }

    /** What is open to the buyer now, of RETURN, EXCHANGE and REPAIR. Leaves no trace. */
    List<String> open(CaseFile file, Repair it) {
        return owed(it, rules.ask("quality-remedy", facts(file, it, files.standing(file, it.lineId()))));
    }

    /** The law owes nothing for what the buyer did. */
    private static List<String> owed(Repair it, Ruling remedy) {
        return it.diagnosis().misuse()
                ? List.of()
                : ALL.stream()
                        .filter(word -> remedy.isTrue(word.toLowerCase(Locale.ROOT)))
                        .toList();
    }

    private Map<String, Object> facts(CaseFile file, Repair it, Warranty.Standing standing) {
        var facts = new HashMap<String, Object>();
        facts.put("regime", PHONES_AND_COMPUTERS.contains(category(file, it)) ? "PHONES_COMPUTERS" : "GENERAL");
        // What has not been delivered yet is on no later day than what has been today.
        facts.put("dayNo", standing.dayNo() == null ? 0L : standing.dayNo());
        facts.put("inWarranty", standing.inWarranty());
        facts.put("failedRepairs", (long) standing.failedRepairs());
        facts.put("repairDays", repairDays(it));
        facts.put("delayCause", it.isOverdue() ? "REPAIRER" : "NONE");
        facts.put("sameModelInStock", it.inStock());
        return facts;
    }

    /** Days of work that have begun; once it is overdue, at least the first one after the time that was allowed. */
    private long repairDays(Repair it) {
        if (it.work() == null) {
            return 0;
        }
        Instant now = clock.instant();
        Instant until =
                it.isOverdue() && it.work().dueAt().isAfter(now) ? it.work().dueAt() : now;
        return 1 + ChronoUnit.DAYS.between(day(it.work().startedAt()), day(until));
    }

    private String category(CaseFile file, Repair it) {
        return line(file, it).category().toLowerCase(Locale.ROOT);
    }

    /** Rounded up, so that only what costs nothing is nothing; null when no cost was named. */
    private Long costPerMille(CaseFile file, Repair it) {
        Long cost = it.diagnosis().costMinor();
        if (cost == null) {
            return null;
        }
        OrderLine line = line(file, it);
        long price = file.unitsOf(it.lineId()).stream()
                .mapToLong(unit -> line.shareOf(unit.unitNo()))
                .sum();
        if (price == 0) {
            return cost == 0 ? 0 : BEYOND_ANY_PRICE;
        }
        return Math.addExact(Math.multiplyExact(cost, 1000L), price - 1) / price;
    }

    private OrderLine line(CaseFile file, Repair it) {
        return orders.find(file.merchantId(), file.orderId()).requireLine(it.lineId());
    }

    private LocalDate day(Instant instant) {
        return instant.atZone(zone).toLocalDate();
    }
}
