package io.aftersale.reviews;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.reviews.ReviewRuns.Run;
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
 * What a moderator sees: the words, what the scan found in them, what readers object to. Never the stars: they are
 * nobody's reason to hide, so nobody is tempted.
 */
@Component
class ReviewForms {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final int MOST_REASON = 60;

    private final Reviews reviews;
    private final ReviewTexts texts;
    private final ReviewRuns runs;
    private final ReviewFlags flags;
    private final ReviewLog log;
    private final Scanner scanner;
    private final ObjectMapper json;
    private final ZoneId zone;

    ReviewForms(
            Reviews reviews,
            ReviewTexts texts,
            ReviewRuns runs,
            ReviewFlags flags,
            ReviewLog log,
            Scanner scanner,
            ObjectMapper json,
            @Value("${aftersale.zone}") ZoneId zone) {
        this.reviews = reviews;
        this.texts = texts;
        this.runs = runs;
        this.flags = flags;
        this.log = log;
        this.scanner = scanner;
        this.json = json;
        this.zone = zone;
    }

    /** The texts for the task list by variable name, and the document for the form. */
    record Shown(Map<String, Object> texts, String json) {}

    Shown show(String processInstanceId, Instant dueDate) {
        Run run = runs.find(processInstanceId).orElseThrow();
        Review it = reviews.find(run.reviewNumber()).orElseThrow();
        ReviewText text = texts.latest(it.number(), run.part()).orElseThrow();
        var findings = scanner.findings(text.textNo());
        var open = flags.of(it.number()).stream()
                .filter(flag -> flag.part() == run.part() && flag.lookedAt() == null)
                .toList();
        String why = why(run, it, findings, open);
        String dueAt = dueDate == null ? "" : time(dueDate);
        var view = new LinkedHashMap<String, Object>();
        view.put("number", it.number());
        view.put("partText", run.part().words());
        view.put("dueAt", dueAt);
        view.put("consequenceText", "Supervisors may decide too; nothing happens by itself 超时后主管也可处理，不会自动发布或屏蔽");
        view.put("title", it.title());
        view.put("sku", it.sku());
        view.put("orderId", it.orderId());
        view.put("buyerId", it.buyerId());
        view.put("merchantId", it.merchantId());
        view.put("writtenAt", time(text.writtenAt()));
        view.put("revision", String.valueOf(text.revision()));
        view.put("why", why);
        view.put("content", Objects.toString(text.content(), ""));
        view.put(
                "findings",
                findings.stream()
                        .map(it2 -> Map.of("kind", it2.kind().words(), "detail", it2.detail()))
                        .toList());
        view.put("flags", open.stream().map(this::flag).toList());
        view.put(
                "photos",
                text.pictures().stream()
                        .map(id -> Map.of("id", id, "url", "/api/evidence/" + id))
                        .toList());
        view.put("texts", others(it.number(), text));
        view.put("timeline", timeline(it.number()));
        var columns = new LinkedHashMap<String, Object>();
        columns.put("caseNumber", it.number());
        columns.put("reason", why.length() > MOST_REASON ? why.substring(0, MOST_REASON) : why);
        columns.put("dueTime", dueAt);
        columns.put("reviewPart", run.part().name());
        return new Shown(columns, write(view));
    }

    private String why(Run run, Review it, List<Scan.Finding> findings, List<ReviewFlags.Flag> open) {
        if (run.isLook()) {
            return open.stream()
                    .map(flag -> HideCode.wordsOf(flag.reason().name()))
                    .distinct()
                    .collect(Collectors.joining(", ", "Flagged by readers 读者举报: ", ""));
        }
        String found = findings.stream()
                .map(finding -> finding.kind().words())
                .distinct()
                .collect(Collectors.joining(", "));
        return found.isEmpty() ? "A person looks 人工审核: " + it.sku() : found;
    }

    private Map<String, String> flag(ReviewFlags.Flag flag) {
        return Map.of(
                "at", time(flag.flaggedAt()),
                "reason", HideCode.wordsOf(flag.reason().name()),
                "text", Objects.toString(flag.text(), ""));
    }

    private List<Map<String, String>> others(String number, ReviewText shown) {
        return texts.of(number).stream()
                .filter(text -> text.textNo() != shown.textNo())
                .map(text -> Map.of(
                        "part", text.part().words() + " " + text.revision(),
                        "status", text.status(),
                        "content", Objects.toString(text.content(), "")))
                .toList();
    }

    private List<Map<String, String>> timeline(String number) {
        return log.of(number).stream()
                .map(entry -> Map.of(
                        "at", time(entry.at()),
                        "who", entry.actor(),
                        "what", entry.event(),
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
