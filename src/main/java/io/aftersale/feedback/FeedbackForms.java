package io.aftersale.feedback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.CaseForms;
import io.aftersale.orders.OrderBook;
import io.aftersale.orders.OrderLine;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What a person sees who answers a feedback: one document for the form, made when the task is made, and a few short
 * texts for the task list. Everything in it is text, and nothing of it is read back.
 */
@Component
class FeedbackForms {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final int MOST_ENTRIES = 50;
    private static final String NONE = "–";

    private final Feedbacks feedbacks;
    private final Waits waits;
    private final Diary diary;
    private final Invitations invitations;
    private final RecoveredReview reviews;
    private final OrderBook orders;
    private final CaseFiles cases;
    private final ObjectMapper json;
    private final ZoneId zone;

    FeedbackForms(
            Feedbacks feedbacks,
            Waits waits,
            Diary diary,
            Invitations invitations,
            RecoveredReview reviews,
            OrderBook orders,
            CaseFiles cases,
            ObjectMapper json,
            @Value("${aftersale.zone}") ZoneId zone) {
        this.feedbacks = feedbacks;
        this.waits = waits;
        this.diary = diary;
        this.invitations = invitations;
        this.reviews = reviews;
        this.orders = orders;
        this.cases = cases;
        this.json = json;
        this.zone = zone;
    }

    /** The texts for the task list by variable name, and the document for the form. */
    record Shown(Map<String, Object> texts, String json) {}

    Shown show(String number) {
        Feedback it = feedbacks.find(number).orElseThrow();
        String dueAt = waits.find(number).stream()
                .map(open -> time(open.dueAt()))
                .findFirst()
                .orElse("");
        var view = new LinkedHashMap<String, Object>();
        view.put("number", it.number());
        view.put("topicText", it.topic().text());
        view.put("content", it.content());
        view.put("buyerId", it.buyerId());
        view.put("merchantId", it.merchantId());
        view.put("givenAt", time(it.givenAt()));
        view.put("dueAt", dueAt);
        view.put("group", Objects.toString(it.candidateGroup(), NONE));
        view.put("satisfaction", it.satisfaction() == null ? NONE : it.satisfaction() + " / 5");
        view.put("note", it.urgentWord() == null ? "" : "Urgent word 紧急词: " + it.urgentWord());
        view.put("rule", rule(number));
        view.put("earlier", String.valueOf(feedbacks.countOthers(it)));
        view.put("answer", answer(number));
        // The form asks for the number, since a field that is hidden takes its own text out of what the form knows.
        String review = invitations.reviewOf(number).orElse("");
        view.put("recoveryOf", review);
        view.put("review", review.isEmpty() ? "" : reviews.describe(review));
        String amount = describeOrder(view, it);
        view.put("caseNumber", Objects.toString(it.caseNumber(), NONE));
        view.put("caseStatus", it.caseNumber() == null ? NONE : caseStatus(it));
        view.put("timeline", timeline(number));
        var texts = new LinkedHashMap<String, Object>();
        texts.put("caseNumber", number);
        texts.put("amount", amount);
        texts.put("reason", it.topic().text());
        texts.put("dueTime", dueAt);
        return new Shown(texts, write(view));
    }

    private String describeOrder(Map<String, Object> view, Feedback it) {
        if (it.orderId() == null) {
            view.put("orderId", NONE);
            view.put("bought", NONE);
            return "";
        }
        var order = orders.find(it.merchantId(), it.orderId());
        String amount = CaseForms.money(order.totalMinor(), order.currency());
        view.put("orderId", it.orderId() + " · " + amount);
        view.put("bought", order.lines().stream().map(OrderLine::title).collect(Collectors.joining(", ")));
        return amount;
    }

    private String caseStatus(Feedback it) {
        return cases.ofBuyer(it.merchantId(), it.caseNumber(), it.buyerId()).status();
    }

    private String rule(String number) {
        return diary.rulings(number).stream()
                .map(said -> said.table() + " v" + said.version() + " " + Objects.toString(said.rule(), ""))
                .reduce("", (first, second) -> second);
    }

    private String answer(String number) {
        return feedbacks.replies(number).stream()
                .filter(reply -> reply.toGroup() == null && reply.step().equals(FeedbackDesk.ANSWER))
                .map(Feedbacks.Reply::text)
                .reduce("", (first, second) -> second);
    }

    private List<Map<String, String>> timeline(String number) {
        var all = diary.of(number);
        return all.subList(Math.max(0, all.size() - MOST_ENTRIES), all.size()).stream()
                .map(entry -> Map.of(
                        "at", time(entry.at()),
                        "who", entry.actor(),
                        "text", entry.text(),
                        "remark", Objects.toString(entry.remark(), "")))
                .toList();
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
