package io.aftersale.repairs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.CaseForms;
import io.aftersale.cases.Wishes;
import io.aftersale.orders.OrderBook;
import io.aftersale.orders.OrderLine;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What a technician sees of a thing: fault, warranty, what it cost, and what was found before. Nothing is read back. */
@Component
class RepairForms {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final Map<String, String> TERMS = Map.of(
            "REPAIR", "Free of charge 免费维修",
            "QUOTE", "The buyer pays 买家付费");

    private final Repairs repairs;
    private final CaseFiles files;
    private final Wishes wishes;
    private final OrderBook orders;
    private final ObjectMapper json;
    private final ZoneId zone;

    RepairForms(
            Repairs repairs,
            CaseFiles files,
            Wishes wishes,
            OrderBook orders,
            ObjectMapper json,
            @Value("${aftersale.zone}") ZoneId zone) {
        this.repairs = repairs;
        this.files = files;
        this.wishes = wishes;
        this.orders = orders;
        this.json = json;
        this.zone = zone;
    }

    String show(String caseNumber) {
        CaseFile file = files.lock(caseNumber);
        Repair it = repairs.find(caseNumber).orElseThrow();
        OrderLine line = orders.find(file.merchantId(), file.orderId()).requireLine(it.lineId());
        var standing = files.standing(file, it.lineId());
        long price = file.unitsOf(it.lineId()).stream()
                .mapToLong(unit -> line.shareOf(unit.unitNo()))
                .sum();
        var view = new LinkedHashMap<String, Object>();
        view.put("goods", line.title() + " × " + file.quantityOf(it.lineId()));
        view.put("sku", line.sku());
        view.put("price", CaseForms.money(price, file.currency()));
        view.put("priceMinor", String.valueOf(price));
        view.put("fault", wishes.of(caseNumber).fault());
        view.put("receivedAt", time(it.receivedAt()));
        view.put(
                "warranty",
                (standing.inWarranty() ? "In warranty 保修期内" : "Out of warranty 保修期外")
                        + (standing.until() == null ? "" : ", until 至 " + standing.until()));
        view.put("failedRepairs", String.valueOf(standing.failedRepairs()));
        view.put("diagnosis", diagnosis(it, file.currency()));
        view.put("terms", TERMS.getOrDefault(Objects.toString(it.terms(), ""), Objects.toString(it.terms(), "")));
        return write(view);
    }

    /** One entry to begin with. */
    String partsToFillIn() {
        return write(List.of(Map.of("name", "", "costMinor", "", "labourMinor", "")));
    }

    private static String diagnosis(Repair it, String currency) {
        var found = it.diagnosis();
        if (found == null) {
            return "";
        }
        return found.cause()
                + (found.misuse() ? " · misuse 使用不当" : "")
                + (found.costMinor() == null ? "" : " · " + CaseForms.money(found.costMinor(), currency))
                + (found.days() == null ? "" : " · " + found.days() + " days 天");
    }

    private String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    private String write(Object view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Plain texts can be written", impossible);
        }
    }
}
