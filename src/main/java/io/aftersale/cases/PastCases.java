package io.aftersale.cases;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads the cases that help to decide on another one: the buyer's, and those alike. What it looks through is bounded, so
 * a desk's page is as fast with a million cases as with ten. It changes nothing.
 */
@Repository
public class PastCases {
    private static final int MOST_OF_BUYER = 20;
    private static final int MOST_ALIKE = 8;

    /** Among so many of the newest cases with the same reason those alike are looked for. */
    private static final int LOOKED_THROUGH = 1_000;

    private final JdbcClient jdbc;
    private final ZoneId zone;

    PastCases(JdbcClient jdbc, @Value("${aftersale.zone}") ZoneId zone) {
        this.jdbc = jdbc;
        this.zone = zone;
    }

    /**
     * The newest cases of a buyer, the newest first.
     *
     * @param except the number of the case that is decided on, which is left out; null for none
     */
    public List<PastCase> ofBuyer(String merchantId, String buyerId, String except) {
        return read(
                jdbc
                        .sql("""
                                select number from after_sale_case
                                where merchant_id = :merchant and buyer_id = :buyer
                                order by applied_at desc, number desc limit :most
                                """)
                        .param("merchant", merchantId)
                        .param("buyer", buyerId)
                        .param("most", MOST_OF_BUYER + 1)
                        .query(String.class)
                        .list()
                        .stream()
                        .filter(number -> !number.equals(except))
                        .limit(MOST_OF_BUYER)
                        .toList(),
                except);
    }

    /**
     * Closed cases of the same shop for the same reason: those about the same article first, then those about articles of
     * the same category, the newest of each first.
     */
    public List<PastCase> alike(CaseSheet sheet) {
        return read(
                jdbc.sql("""
                                select near.number
                                from (
                                    select number, merchant_id, order_id from after_sale_case
                                    where merchant_id = :merchant and reason = :reason and number <> :number
                                      and closed_at is not null
                                    order by number desc limit :through) near
                                join case_line l on l.case_number = near.number
                                join order_line o on o.merchant_id = near.merchant_id and o.order_id = near.order_id
                                    and o.line_id = l.line_id
                                join (
                                    select asked.sku, asked.category
                                    from case_line named
                                    join order_line asked on asked.merchant_id = :merchant
                                        and asked.order_id = :order and asked.line_id = named.line_id
                                    where named.case_number = :number) mine on mine.sku = o.sku or mine.category = o.category
                                group by near.number
                                order by max(case when mine.sku = o.sku then 1 else 0 end) desc, near.number desc
                                limit :most
                                """)
                        .param("number", sheet.number())
                        .param("merchant", sheet.merchantId())
                        .param("reason", sheet.reason().name())
                        .param("order", sheet.orderId())
                        .param("through", LOOKED_THROUGH)
                        .param("most", MOST_ALIKE)
                        .query(String.class)
                        .list(),
                sheet.number());
    }

    /** What a case is about, in the order of the application. */
    public List<PastCase.Article> articles(String number) {
        return articles(List.of(number)).getOrDefault(number, List.of());
    }

    /** The cases of these numbers in their order. */
    private List<PastCase> read(List<String> numbers, String beside) {
        if (numbers.isEmpty()) {
            return List.of();
        }
        var asked = new HashSet<>(numbers);
        if (beside != null) {
            asked.add(beside);
        }
        Map<String, List<PastCase.Article>> articles = articles(asked);
        Map<String, PastCase.Decision> decisions = decisions(numbers);
        var mine = skus(articles.getOrDefault(beside, List.of()));
        var found = new HashMap<String, PastCase>();
        jdbc.sql("""
                        select c.number, c.kind, c.reason, c.status, c.outcome, c.currency, c.requested_minor,
                               a.amount_minor, c.paid_minor, c.applied_at, c.closed_at
                        from after_sale_case c left join approval a on a.case_number = c.number
                        where c.number in (:numbers)
                        """).param("numbers", numbers).query(row -> {
            String number = row.getString("number");
            var about = articles.getOrDefault(number, List.of());
            found.put(
                    number,
                    new PastCase(
                            number,
                            Kind.valueOf(row.getString("kind")),
                            Reason.valueOf(row.getString("reason")),
                            about,
                            skus(about).stream().anyMatch(mine::contains),
                            row.getString("status"),
                            row.getString("outcome"),
                            row.getString("currency"),
                            row.getLong("requested_minor"),
                            row.getObject("amount_minor", Long.class),
                            row.getLong("paid_minor"),
                            local(Times.instant(row, "applied_at")),
                            local(Times.instant(row, "closed_at")),
                            decisions.get(number)));
        });
        return numbers.stream().map(found::get).toList();
    }

    private Map<String, List<PastCase.Article>> articles(Collection<String> numbers) {
        var byCase = new HashMap<String, List<PastCase.Article>>();
        jdbc.sql("""
                        select c.number, o.sku, o.title, l.quantity
                        from after_sale_case c
                        join case_line l on l.case_number = c.number
                        join order_line o on o.merchant_id = c.merchant_id and o.order_id = c.order_id
                            and o.line_id = l.line_id
                        where c.number in (:numbers) order by c.number, l.position
                        """).param("numbers", numbers).query(row -> {
            byCase.computeIfAbsent(row.getString("number"), number -> new ArrayList<>())
                    .add(new PastCase.Article(row.getString("sku"), row.getString("title"), row.getInt("quantity")));
        });
        return byCase;
    }

    private Map<String, PastCase.Decision> decisions(Collection<String> numbers) {
        var last = new HashMap<String, PastCase.Decision>();
        jdbc.sql("""
                        select case_number, step, decided_by, decision, reason_code from audit_decision
                        where case_number in (:numbers) order by decision_no
                        """).param("numbers", numbers).query(row -> {
            last.put(
                    row.getString("case_number"),
                    new PastCase.Decision(
                            row.getString("step"),
                            row.getString("decided_by"),
                            row.getString("decision"),
                            row.getString("reason_code")));
        });
        return last;
    }

    private static Set<String> skus(List<PastCase.Article> articles) {
        var skus = new HashSet<String>();
        articles.forEach(article -> skus.add(article.sku()));
        return skus;
    }

    private OffsetDateTime local(Instant instant) {
        return instant == null ? null : instant.atZone(zone).toOffsetDateTime();
    }
}
