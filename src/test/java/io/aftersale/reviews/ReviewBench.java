package io.aftersale.reviews;

import io.aftersale.support.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.dmn.Dmn;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The stores, the scan and the ratings of reviews on a database of their own, without an engine. */
final class ReviewBench {
    static final String MERCHANT = "M-1";
    private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");
    private static final WordLists LISTS = new WordLists(
            new ClassPathResource("reviews/deny-words.txt"), new ClassPathResource("reviews/everyday-words.txt"));

    final JdbcClient jdbc;
    final TransactionTemplate transaction;
    final Reviews reviews;
    final ReviewTexts texts;
    final Ratings ratings;
    final RatingRecount recount;
    final Scanner scanner;
    private final DmnEngine tables =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
    private final DmnDecision moderation = tables.parseDecision(
            "review-moderation",
            Dmn.readModelFromFile(
                    Path.of("bpmn/decisions/review-moderation.dmn").toFile()));

    ReviewBench(Database database) {
        DataSource source = database.open();
        jdbc = JdbcClient.create(source);
        var transactions = new DataSourceTransactionManager(source);
        transaction = new TransactionTemplate(transactions);
        reviews = new Reviews(jdbc);
        texts = new ReviewTexts(jdbc);
        ratings = new Ratings(jdbc, reviews, transactions);
        recount = new RatingRecount(ratings);
        scanner = new Scanner(LISTS, new Fingerprints(jdbc), texts, jdbc, Clock.fixed(NOW, ZoneOffset.UTC));
        scanner.awaitReady();
        jdbc.sql("""
                        insert into shop_order (merchant_id, order_id, buyer_id, currency, placed_at, shipping_paid_minor)
                        values ('M-1', 'O-1', 'B-1', 'CNY', :at, 0)
                        """).param("at", NOW.atOffset(ZoneOffset.UTC)).update();
    }

    /** A review that nobody has looked at yet, with its first text. */
    ReviewText write(String sku, String buyer, int stars, String content) {
        String number = "RV-2026-%08d".formatted(reviews.nextNumber());
        reviews.insert(new Review(
                number,
                MERCHANT,
                "O-1",
                UUID.randomUUID().toString(),
                sku,
                "Title",
                buyer,
                "SCANNING",
                null,
                stars,
                1,
                NOW,
                NOW,
                null,
                null,
                null,
                null,
                null,
                null));
        return texts.add(
                number,
                new Draft(number, Part.REVIEW, MERCHANT, buyer, "O-1", "1", stars, content, List.of(), buyer),
                1,
                NOW);
    }

    /** Scans a text with all that it looks up and keeps. */
    Scan scan(ReviewText text) {
        scanner.scan(reviews.find(text.reviewNumber()).orElseThrow(), text);
        return scanner.found(text);
    }

    /** Scans a text and asks the packaged table, as the flow does. */
    Map<String, Object> moderate(ReviewText text) {
        Scan found = scan(text);
        var inputs = new HashMap<String, Object>();
        inputs.put("severity", found.severity().name());
        inputs.put("contactInfo", found.contactInfo());
        inputs.put("nearDuplicate", found.nearDuplicate());
        inputs.put("verified", true);
        inputs.put("starOnly", found.starOnly());
        inputs.put("ratePerHour", found.ratePerHour());
        return tables.evaluateDecisionTable(moderation, Variables.fromMap(inputs))
                .getSingleResult()
                .getEntryMap();
    }

    /** What the board does when a review enters a status. */
    void enter(String number, String status) {
        transaction.executeWithoutResult(open -> {
            Review it = reviews.lock(number);
            reviews.enter(number, status, status);
            if (status.equals(Review.PUBLISHED)) {
                reviews.publish(number, NOW, LocalDate.of(2026, 11, 22));
            }
            ratings.follow(reviews.lock(it.number()));
        });
    }
}
