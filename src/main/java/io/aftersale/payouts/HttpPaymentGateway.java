package io.aftersale.payouts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.payouts.PaymentGateway.Answer.Contradicted;
import io.aftersale.payouts.PaymentGateway.Answer.Declined;
import io.aftersale.payouts.PaymentGateway.Answer.NotBooked;
import io.aftersale.payouts.PaymentGateway.Answer.Pending;
import io.aftersale.payouts.PaymentGateway.Answer.Settled;
import io.aftersale.payouts.PaymentGateway.Answer.Stopped;
import io.aftersale.payouts.PaymentGateway.Answer.Unknown;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Speaks with the payment provider over HTTP. One deadline covers connecting, sending and the whole answer. Nothing of
 * a body is logged or repeated in a text, since a body may hold a card number. It never sends twice by itself.
 */
class HttpPaymentGateway implements PaymentGateway {
    private static final Pattern PLAIN_CODE = Pattern.compile("[A-Za-z0-9_-]{1,60}");

    private final PaymentSettings settings;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http;

    HttpPaymentGateway(PaymentSettings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectDeadline())
                .build();
    }

    @Override
    public Answer refund(RefundOrder order) {
        var request = to("/refunds")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", order.payoutId())
                .POST(HttpRequest.BodyPublishers.ofString(body(order)));
        return ask(request, order, this::refundAnswer);
    }

    @Override
    public Answer query(RefundOrder order) {
        return ask(to("/refunds/" + order.payoutId()).GET(), order, this::queryAnswer);
    }

    @Override
    public Answer stop(RefundOrder order) {
        var request = to("/refunds/" + order.payoutId() + "/cancellation").POST(HttpRequest.BodyPublishers.noBody());
        return ask(request, order, this::stopAnswer);
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(settings.url() + path))
                .timeout(settings.deadline())
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + settings.token());
    }

    private String body(RefundOrder order) {
        ObjectNode body = json.createObjectNode()
                .put("merchantId", order.merchantId())
                .put("orderId", order.orderId())
                .put("tenderId", order.tenderId())
                .put("tenderMethod", order.tenderMethod())
                .put("amountMinor", order.amountMinor())
                .put("currency", order.currency());
        ObjectNode payTo = body.putObject("payTo");
        if (order.card() == null) {
            payTo.put("method", Payout.ORIGINAL);
        } else {
            payTo.put("method", Payout.BANK_CARD)
                    .put("cardNumber", order.card().number())
                    .put("holder", order.card().holder())
                    .put("bank", order.card().bank());
        }
        return body.toString();
    }

    private interface Reader {
        Answer read(RefundOrder order, int status, JsonNode body);
    }

    private Answer ask(HttpRequest.Builder request, RefundOrder order, Reader reader) {
        // The client's own time limit ends with the head of an answer; this one also covers its body.
        var exchange = http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        try {
            var response = exchange.get(settings.deadline().toMillis(), TimeUnit.MILLISECONDS);
            return reader.read(order, response.statusCode(), parse(response.body()));
        } catch (TimeoutException late) {
            exchange.cancel(true);
            return new Unknown("no answer within " + settings.deadline().toMillis() + " ms");
        } catch (ExecutionException broken) {
            return new Unknown(
                    "the connection failed (" + broken.getCause().getClass().getSimpleName() + ")");
        } catch (InterruptedException stopped) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            return new Unknown("interrupted while waiting for the answer");
        }
    }

    /** The body as JSON; a missing node when it is none. */
    private JsonNode parse(byte[] body) {
        try {
            return json.readTree(body);
        } catch (IOException malformed) {
            return json.missingNode();
        }
    }

    private Answer refundAnswer(RefundOrder order, int status, JsonNode body) {
        return switch (status) {
            case 200, 201, 202 -> stateOf(order, body);
            case 409 -> new Contradicted("the provider knows this key with another body");
            default -> unclear(status, body);
        };
    }

    private Answer queryAnswer(RefundOrder order, int status, JsonNode body) {
        // A 404 of a proxy says nothing about bookings; only the provider's own word does.
        if (status == 404 && "refund-not-found".equals(body.path("code").textValue())) {
            return new NotBooked();
        }
        return status == 200 ? stateOf(order, body) : unclear(status, body);
    }

    private Answer stopAnswer(RefundOrder order, int status, JsonNode body) {
        if (status == 200 && "CANCELLED".equals(body.path("status").textValue()) && isAbout(order, body)) {
            return new Stopped();
        }
        return status == 200 ? stateOf(order, body) : unclear(status, body);
    }

    private static Answer unclear(int status, JsonNode body) {
        return new Unknown("status " + status + " " + plain(body.path("code")));
    }

    private static Answer stateOf(RefundOrder order, JsonNode body) {
        String state = body.path("status").textValue();
        if (state == null) {
            return new Unknown("the answer cannot be read");
        }
        if (!isAbout(order, body)) {
            return new Contradicted("the answer is about another refund");
        }
        return switch (state) {
            case "SETTLED" -> fits(order, body, new Settled(plain(body.path("refundId"))));
            case "PENDING" -> fits(order, body, new Pending(plain(body.path("refundId"))));
            case "DECLINED", "CANCELLED" -> new Declined(plain(body.path("reason")));
            default -> new Unknown("the answer has a status that is not known here");
        };
    }

    private static boolean isAbout(RefundOrder order, JsonNode body) {
        return order.payoutId().equals(body.path("key").textValue());
    }

    private static Answer fits(RefundOrder order, JsonNode body, Answer answer) {
        JsonNode amount = body.path("amountMinor");
        boolean isAmount =
                amount.isIntegralNumber() && amount.canConvertToLong() && amount.longValue() == order.amountMinor();
        if (!isAmount) {
            return new Contradicted(
                    "the provider names " + plain(amount) + " instead of " + order.amountMinor() + " minor units");
        }
        if (!order.currency().equals(body.path("currency").textValue())) {
            return new Contradicted("the provider names another currency than " + order.currency());
        }
        if (!order.tenderId().equals(body.path("tenderId").textValue())) {
            return new Contradicted("the provider names another tender than " + order.tenderId());
        }
        return answer;
    }

    /** A short code out of an answer; anything else of it is not repeated. */
    private static String plain(JsonNode value) {
        String text = value.asText("");
        return PLAIN_CODE.matcher(text).matches() ? text : "";
    }
}
