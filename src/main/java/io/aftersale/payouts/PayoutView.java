package io.aftersale.payouts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.access.CardVault;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What finance sees of a payout in its task: all of it as text, so that a form only has to show it. Never a card number.
 */
@Component
class PayoutView {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final Payouts payouts;
    private final CardVault cards;
    private final ObjectMapper json;
    private final ZoneId zone;

    PayoutView(Payouts payouts, CardVault cards, ObjectMapper json, @Value("${aftersale.zone}") ZoneId zone) {
        this.payouts = payouts;
        this.cards = cards;
        this.json = json;
        this.zone = zone;
    }

    /** The four texts of the card in the task list. */
    Map<String, Object> card(String payoutId, Instant dueAt) {
        Payout payout = payouts.find(payoutId).orElseThrow();
        return Map.of(
                "caseNumber",
                payout.caseNumber(),
                "amount",
                Money.text(payout.amountMinor(), payout.currency()),
                "reason",
                why(payout),
                "dueTime",
                time(dueAt));
    }

    /** All that the form shows, as JSON. */
    String sheet(String payoutId, Instant dueAt) {
        return view(payouts.find(payoutId).orElseThrow(), dueAt);
    }

    private String view(Payout payout, Instant dueAt) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", payout.id());
        view.put("caseNumber", payout.caseNumber());
        view.put("merchantId", payout.merchantId());
        view.put("orderId", payout.orderId());
        view.put("amount", Money.text(payout.amountMinor(), payout.currency()));
        view.put("tender", payout.tenderMethod() + " " + payout.tenderId());
        view.put("payTo", payTo(payout));
        view.put("status", payout.status().name());
        view.put("why", why(payout));
        view.put("detail", detail(payout));
        view.put("providerRef", orEmpty(payout.providerRef()));
        view.put("dueAt", time(dueAt));
        view.put("attempts", attempts(payout));
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private List<Map<String, String>> attempts(Payout payout) {
        return payouts.attemptsOf(payout.id()).stream()
                .map(attempt -> Map.of(
                        "no", String.valueOf(attempt.attemptNo()),
                        "startedAt", time(attempt.startedAt()),
                        "endedAt", attempt.endedAt() == null ? "" : time(attempt.endedAt()),
                        "outcome", attempt.outcome() == null ? "UNKNOWN" : attempt.outcome(),
                        "detail", orEmpty(attempt.detail())))
                .toList();
    }

    private String payTo(Payout payout) {
        return payout.isToBankCard()
                ? "Bank card 银行卡 "
                        + cards.find(payout.merchantId(), payout.cardToken()).masked()
                : "Original payment 原路退回";
    }

    private static String why(Payout payout) {
        if (payout.contradiction() != null) {
            return "Answer does not fit 支付方答复不符";
        }
        return switch (payout.status()) {
            case FAILED -> "Declined 支付方拒绝";
            case PENDING -> "Pending for too long 处理超时";
            default -> "Outcome unknown 结果未知";
        };
    }

    private static String detail(Payout payout) {
        if (payout.contradiction() != null) {
            return payout.contradiction();
        }
        return orEmpty(payout.declineReason());
    }

    private String time(Instant at) {
        return TIME.format(at.atZone(zone));
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
