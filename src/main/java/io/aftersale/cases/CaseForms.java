package io.aftersale.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.access.CardVault;
import io.aftersale.orders.Order;
import io.aftersale.orders.OrderBook;
import io.aftersale.orders.OrderLine;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What a person sees who decides on a case: one document for the form, made when the task is made, and four short texts
 * for the task list. Everything in it is text; amounts carry their currency, and nothing of it is read back.
 */
@Component
public class CaseForms {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final int MOST_EARLIER = 20;
    private static final int MOST_ENTRIES = 50;
    private static final int MANY_CASES = 5;

    private final Cases cases;
    private final CaseLines lines;
    private final Wishes wishes;
    private final CaseDesk desk;
    private final OrderBook orders;
    private final Audits audits;
    private final Deadlines deadlines;
    private final Rulings rulings;
    private final Timeline timeline;
    private final Evidence evidence;
    private final CardVault cards;
    private final ObjectMapper json;
    private final ZoneId zone;

    CaseForms(
            Cases cases,
            CaseLines lines,
            Wishes wishes,
            CaseDesk desk,
            OrderBook orders,
            Audits audits,
            Deadlines deadlines,
            Rulings rulings,
            Timeline timeline,
            Evidence evidence,
            CardVault cards,
            ObjectMapper json,
            @Value("${aftersale.zone}") ZoneId zone) {
        this.cases = cases;
        this.lines = lines;
        this.wishes = wishes;
        this.desk = desk;
        this.orders = orders;
        this.audits = audits;
        this.deadlines = deadlines;
        this.rulings = rulings;
        this.timeline = timeline;
        this.evidence = evidence;
        this.cards = cards;
        this.json = json;
        this.zone = zone;
    }

    /** The texts for the task list by variable name, and the document for the form. */
    public record Shown(Map<String, Object> texts, String json) {}

    public Shown show(String number, Instant dueDate) {
        Case it = cases.find(number).orElseThrow();
        var decisions = audits.of(number);
        String approvedMinor = decisions.stream()
                .filter(made -> made.approvedMinor() != null)
                .map(made -> String.valueOf(made.approvedMinor()))
                .reduce("", (first, second) -> second);
        String dueAt = dueDate == null ? "" : time(dueDate);
        var view = new LinkedHashMap<String, Object>();
        describeApplication(view, it);
        view.put("approved", approvedMinor.isEmpty() ? "" : money(Long.parseLong(approvedMinor), it.currency()));
        view.put("approvedMinor", approvedMinor);
        describeClock(view, number, dueAt);
        describeRules(view, it);
        view.put("lines", lines(it));
        view.put("decisions", decisions.stream().map(made -> decision(made, it)).toList());
        view.put("earlierCases", earlierCases(it));
        view.put(
                "photos",
                evidence.of(number).stream()
                        .map(photo -> Map.of("id", photo.id(), "url", "/api/evidence/" + photo.id()))
                        .toList());
        view.put("dispute", dispute(number));
        view.put("timeline", timeline(number));
        var texts = new LinkedHashMap<String, Object>();
        texts.put("caseNumber", number);
        texts.put("amount", approvedMinor.isEmpty() ? money(it.requestedMinor(), it.currency()) : view.get("approved"));
        texts.put("reason", reason(it));
        texts.put("dueTime", dueAt);
        return new Shown(texts, write(view));
    }

    private void describeApplication(Map<String, Object> view, Case it) {
        Order order = orders.find(it.merchantId(), it.orderId());
        view.put("number", it.number());
        view.put("kind", it.kind().name());
        view.put("kindText", kindText(it.kind()) + wanted(it));
        view.put("orderId", it.orderId());
        view.put("buyerId", it.buyerId());
        view.put("merchantId", it.merchantId());
        view.put("reason", it.reason().name());
        view.put("reasonText", reason(it));
        view.put("basis", it.basis().name());
        view.put("description", Objects.toString(it.description(), ""));
        view.put("appliedAt", time(it.appliedAt()));
        view.put("applicationNo", String.valueOf(it.applicationNo()));
        view.put("orderTimes", orderTimes(order));
        view.put(
                "payTo",
                it.cardToken() == null
                        ? "Original payment 原路退回"
                        : "Bank card 银行卡 "
                                + cards.find(it.merchantId(), it.cardToken()).masked());
        view.put("requested", money(it.requestedMinor(), it.currency()));
        view.put("requestedMinor", String.valueOf(it.requestedMinor()));
        view.put("refundable", money(it.refundableMinor(), it.currency()));
        view.put("refundableMinor", String.valueOf(it.refundableMinor()));
        view.put("shipping", it.shippingMinor() == 0 ? "" : money(it.shippingMinor(), it.currency()));
    }

    private void describeClock(Map<String, Object> view, String number, String dueAt) {
        String consequence = deadlines.find(number).stream()
                .filter(open -> open.subject() == null)
                .map(Deadlines.Open::consequence)
                .findFirst()
                .orElse("");
        view.put("dueAt", dueAt);
        view.put("consequence", consequence);
        view.put(
                "consequenceText",
                switch (consequence) {
                    case "" -> "";
                    case "APPROVE" -> "Approved at the due time if nobody decides 到期无人处理即自动通过";
                    default -> "Goes to a higher level at the due time if nobody decides 到期无人处理即升级";
                });
    }

    private void describeRules(Map<String, Object> view, Case it) {
        var rule = new LinkedHashMap<String, Object>();
        var verdict = rulings.verdict(it.number());
        rule.put("verdict", verdict.map(Verdict::value).orElse(""));
        rule.put("reasonCode", verdict.map(Verdict::reasonCode).orElse(""));
        rule.put("legalBasis", verdict.map(Verdict::legalBasis).orElse(""));
        rule.put("table", verdict.map(Verdict::table).orElse(""));
        rule.put("version", verdict.map(said -> String.valueOf(said.version())).orElse(""));
        rule.put("rule", verdict.map(Verdict::rule).orElse(""));
        rule.put("routing", rulings.latest(it.number(), "audit-routing").orElse(""));
        view.put("rule", rule);
        int count = desk.casesOfBuyer(it);
        view.put("note", count > MANY_CASES ? count + " cases of this buyer in 30 days 该买家30天内第" + count + "次申请" : "");
    }

    private List<Map<String, String>> lines(Case it) {
        Order order = orders.find(it.merchantId(), it.orderId());
        return lines.of(it.number()).stream()
                .map(line -> {
                    OrderLine bought = order.requireLine(line.lineId());
                    return Map.of(
                            "lineId", line.lineId(),
                            "title", bought.title(),
                            "quantity", line.quantity() + " / " + bought.quantity(),
                            "paid", money(bought.paidMinor(), it.currency()),
                            "refundable", money(line.refundableMinor(), it.currency()),
                            "verdict", Objects.toString(line.verdict(), ""));
                })
                .toList();
    }

    private Map<String, String> decision(Audits.Decision made, Case it) {
        String why = String.join(
                " · ",
                Stream.of(made.reasonCode(), made.liability(), made.remark())
                        .filter(Objects::nonNull)
                        .toList());
        return Map.of(
                "at",
                time(made.at()),
                "who",
                made.by(),
                "what",
                made.step() + " " + made.decision(),
                "amount",
                made.approvedMinor() == null ? "" : money(made.approvedMinor(), it.currency()),
                "why",
                why);
    }

    private List<Map<String, String>> earlierCases(Case it) {
        var sameBuyer = new Cases.Filter(null, it.buyerId(), null, null, it.number());
        return cases.list(it.merchantId(), sameBuyer, MOST_EARLIER).stream()
                .map(earlier -> Map.of(
                        "number", earlier.number(),
                        "kind", earlier.kind().name(),
                        "reason", earlier.reason().name(),
                        "status", earlier.status(),
                        "outcome", Objects.toString(earlier.outcome(), ""),
                        "amount", money(earlier.requestedMinor(), earlier.currency()),
                        "appliedAt", time(earlier.appliedAt()).substring(0, 10)))
                .toList();
    }

    private String dispute(String number) {
        return timeline.of(number).stream()
                .filter(entry -> entry.event().equals("decision-disputed"))
                .map(Timeline.Entry::text)
                .reduce("", (first, second) -> second);
    }

    private List<Map<String, String>> timeline(String number) {
        var all = timeline.of(number);
        return all.subList(Math.max(0, all.size() - MOST_ENTRIES), all.size()).stream()
                .map(entry -> Map.of(
                        "at", time(entry.at()),
                        "who", entry.actor(),
                        "what", entry.event(),
                        "text", entry.text(),
                        "remark", Objects.toString(entry.remark(), "")))
                .toList();
    }

    private String orderTimes(Order order) {
        var times = new StringBuilder("Paid 付款 " + time(order.paidAt()));
        if (order.shippedAt() != null) {
            times.append(" · shipped 发货 ").append(time(order.shippedAt()));
        }
        if (order.deliveredAt() != null) {
            times.append(" · delivered 签收 ").append(time(order.deliveredAt()));
        }
        return times.toString();
    }

    private static String reason(Case it) {
        return it.reason() + " " + it.reason().chinese();
    }

    /** The article that is wanted instead and its price, where the shop named one. */
    private String wanted(Case it) {
        Wish wish = wishes.of(it.number());
        if (wish.sku() == null) {
            return "";
        }
        return " → " + wish.sku() + (wish.priceMinor() == null ? "" : ", " + money(wish.priceMinor(), it.currency()));
    }

    private static String kindText(Kind kind) {
        return switch (kind) {
            case REFUND -> "Refund only 仅退款";
            case RETURN -> "Return and refund 退货退款";
            case EXCHANGE -> "Exchange 换货";
            case REPAIR -> "Repair 维修";
        };
    }

    /** An amount in words that people read, such as {@code CNY 30.00}. */
    public static String money(long minor, String currency) {
        int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        return currency + " " + BigDecimal.valueOf(minor, digits).toPlainString();
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
