package io.aftersale.reviews;

import io.aftersale.reviews.Scan.Finding;
import io.aftersale.reviews.Scan.Kind;
import io.aftersale.reviews.Scan.Severity;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Looks at the words of a text: at what stands in them, whether they were written before, and how fast their author
 * writes. It finds and never judges; that is the table's part. It never reads stars.
 */
@Component
class Scanner {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MOST_DETAIL = 200;

    private final WordLists lists;
    private final Fingerprints fingerprints;
    private final ReviewTexts texts;
    private final JdbcClient jdbc;
    private final Clock clock;

    Scanner(WordLists lists, Fingerprints fingerprints, ReviewTexts texts, JdbcClient jdbc, Clock clock) {
        this.lists = lists;
        this.fingerprints = fingerprints;
        this.texts = texts;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Waits until the word lists are there, so that no transaction does. */
    void awaitReady() {
        lists.awaitLoaded();
    }

    /** Scans a text and keeps what was found. A merchant may reply to many reviews in the same words. */
    void scan(Review review, ReviewText text) {
        if (text.content() == null) {
            return;
        }
        var normal = NormalText.of(text.content());
        var findings = words(normal);
        if (text.part() != Part.REPLY && Fingerprint.isLongEnough(normal.dense())) {
            long simHash = Fingerprint.simHash(normal.dense());
            fingerprints
                    .alike(review, text, normal.dense(), simHash)
                    .ifPresent(number -> findings.add(new Finding(Kind.NEAR_DUPLICATE, number)));
            fingerprints.keep(review, text, simHash);
        }
        findings.forEach(finding -> keep(text, finding));
    }

    /** What is known of a text after its scan. A merchant may reply fast. */
    Scan found(ReviewText text) {
        long rate = text.part() == Part.REPLY
                ? 0
                : texts.countSince(
                        text.merchantId(), text.author(), clock.instant().minus(HOUR));
        return sum(findings(text.textNo()), text.content() == null, rate);
    }

    /** What stands in the words themselves. */
    List<Finding> words(NormalText normal) {
        var findings = new ArrayList<Finding>();
        lists.denied(normal).forEach(word -> findings.add(new Finding(Kind.DENIED_WORD, word)));
        lists.flagged(normal).forEach(word -> findings.add(new Finding(Kind.FLAGGED_WORD, word)));
        ContactData.in(normal).forEach(it -> findings.add(new Finding(Kind.CONTACT, it)));
        return findings;
    }

    static Scan sum(List<Finding> findings, boolean starOnly, long rate) {
        Severity severity = has(findings, Kind.DENIED_WORD)
                ? Severity.DENY
                : has(findings, Kind.FLAGGED_WORD) ? Severity.FLAG : Severity.NONE;
        return new Scan(
                severity, has(findings, Kind.CONTACT), has(findings, Kind.NEAR_DUPLICATE), starOnly, rate, findings);
    }

    /** What was found in a text. */
    List<Finding> findings(long textNo) {
        return jdbc.sql("select kind, detail from review_finding where text_no = :textNo order by finding_no")
                .param("textNo", textNo)
                .query((row, n) -> new Finding(Kind.valueOf(row.getString("kind")), row.getString("detail")))
                .list();
    }

    /** The words for which a text goes back to its author, so that they know what to say otherwise. */
    String deniedWords(ReviewText text) {
        return findings(text.textNo()).stream()
                .filter(finding -> finding.kind() == Kind.DENIED_WORD)
                .map(Finding::detail)
                .collect(Collectors.joining(", "));
    }

    private void keep(ReviewText text, Finding finding) {
        String detail = finding.detail();
        jdbc.sql("insert into review_finding (text_no, kind, detail) values (:textNo, :kind, :detail)")
                .param("textNo", text.textNo())
                .param("kind", finding.kind().name())
                .param("detail", detail.length() > MOST_DETAIL ? detail.substring(0, MOST_DETAIL) : detail)
                .update();
    }

    private static boolean has(List<Finding> findings, Kind kind) {
        return findings.stream().anyMatch(it -> it.kind() == kind);
    }
}
