package io.aftersale.payouts;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersale.callbacks.Callback;
import io.aftersale.callbacks.CallbackHandler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * What the payment provider's events mean: first to our record, committed, then to the process that waits for it. It
 * reads and passes on, and decides nothing about money.
 */
@Component
class PaymentEvents implements CallbackHandler {
    static final String SENDER = "payment-provider";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,100}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]{1,40}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private final PaymentSettings settings;
    private final Payouts payouts;
    private final Teller teller;
    private final PayoutProcess process;

    PaymentEvents(PaymentSettings settings, Payouts payouts, Teller teller, PayoutProcess process) {
        this.settings = settings;
        this.payouts = payouts;
        this.teller = teller;
        this.process = process;
    }

    @Override
    public String sender() {
        return SENDER;
    }

    @Override
    public String secret() {
        return settings.callbackSecret();
    }

    @Override
    public Optional<Map<String, String>> read(JsonNode event) {
        var facts = new LinkedHashMap<String, String>();
        keep(facts, event, "key", ID);
        keep(facts, event, "status", WORD);
        keep(facts, event, "currency", CURRENCY);
        keep(facts, event, "refundId", ID);
        JsonNode amount = event.path("amountMinor");
        if (amount.isIntegralNumber() && amount.canConvertToLong()) {
            facts.put("amountMinor", amount.asText());
        }
        return facts.containsKey("key") && facts.containsKey("status") ? Optional.of(facts) : Optional.empty();
    }

    @Override
    public Heard apply(Callback callback) {
        var event = PaymentEvent.of(callback);
        var payout = payouts.find(event.payoutId());
        if (payout.isEmpty()) {
            return new Heard(false, event.payoutId() + " is no payout of ours");
        }
        teller.hear(payout.get(), event);
        Payout now = payouts.find(event.payoutId()).orElseThrow();
        boolean isWoken = now.isNews() && process.wake(now);
        return new Heard(
                true, "was " + payout.get().status() + ", is " + now.status() + (isWoken ? ", process told" : ""));
    }

    private static void keep(Map<String, String> facts, JsonNode event, String field, Pattern pattern) {
        String text = event.path(field).textValue();
        if (text != null && pattern.matcher(text).matches()) {
            facts.put(field, text);
        }
    }
}
