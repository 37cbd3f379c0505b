package io.aftersale.books;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What finance sees of a difference between the books: all of it as text, so that a form only has to show it. */
@Component
class DifferenceView {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final String NOTHING = "nothing 无记录";

    private final Books books;
    private final ObjectMapper json;
    private final ZoneId zone;

    DifferenceView(Books books, ObjectMapper json, @Value("${aftersale.zone}") ZoneId zone) {
        this.books = books;
        this.json = json;
        this.zone = zone;
    }

    /** The four texts of the card in the task list. */
    Map<String, Object> card(String number, Instant dueAt) {
        var difference = books.find(number);
        return Map.of(
                "caseNumber",
                difference.caseNumber() == null ? number : difference.caseNumber(),
                "amount",
                "",
                "reason",
                difference.kind().words(),
                "dueTime",
                time(dueAt));
    }

    /** All that the form shows, as JSON. */
    String sheet(String number, Instant dueAt) {
        var difference = books.find(number);
        var view = new LinkedHashMap<String, Object>();
        view.put("number", number);
        view.put("day", difference.day().toString());
        view.put("what", difference.kind().words());
        view.put("payout", difference.key());
        view.put("caseNumber", difference.caseNumber() == null ? NOTHING : difference.caseNumber());
        view.put("merchantId", difference.merchantId());
        view.put("ours", difference.ours() == null ? NOTHING : difference.ours());
        view.put("theirs", difference.theirs() == null ? NOTHING : difference.theirs());
        view.put("dueAt", time(dueAt));
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String time(Instant at) {
        return TIME.format(at.atZone(zone));
    }
}
