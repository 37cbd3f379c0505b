package io.aftersale.cases;

import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A well-formed application: what a buyer asks for, before anyone looks at the order. {@code amountMinor} is null when
 * all that can be refunded is asked for; {@code wish} is what is wanted besides money. Card numbers are not part of it,
 * only tokens.
 */
record Application(
        Kind kind,
        String orderId,
        String buyerId,
        Map<String, Integer> quantities,
        Reason reason,
        String description,
        Long amountMinor,
        boolean includeShipping,
        PayTo payTo,
        List<String> evidence,
        Wish wish) {

    static final int MOST_TEXT = 2_000;

    /**
     * Checks the form of an application.
     *
     * @param kind the flow that it is for
     * @param payTo where the money goes, with the card already behind a token
     * @throws Problem FIELD_MISSING, FIELD_INVALID, AMOUNT_INVALID, TEXT_INVALID
     */
    static Application of(ApplicationBody body, Kind kind, PayTo payTo) {
        if (body.amountMinor() != null && body.amountMinor() <= 0) {
            throw new Problem(
                            ProblemCode.AMOUNT_INVALID,
                            "The amount must be above 0, in whole minor units; absent means all that can be refunded.")
                    .with("field", "amountMinor");
        }
        if (!kind.asksForMoney() && body.amountMinor() != null) {
            throw Problem.invalid("amountMinor", "is not taken where no money is asked for");
        }
        if (!kind.asksForMoney() && Boolean.TRUE.equals(body.includeShipping())) {
            throw Problem.invalid("includeShipping", "is not taken where no money is asked for");
        }
        return new Application(
                kind,
                required("orderId", body.orderId()),
                required("buyerId", body.buyerId()),
                quantities(body.lines()),
                Reason.parse(body.reason()),
                FreeText.check("description", body.description(), MOST_TEXT),
                body.amountMinor(),
                body.includeShipping() != null && body.includeShipping(),
                payTo,
                evidence(body.evidence()),
                Wish.of(body, kind));
    }

    private static Map<String, Integer> quantities(List<ApplicationBody.LineBody> lines) {
        if (lines == null || lines.isEmpty()) {
            throw Problem.missing("lines");
        }
        var quantities = new LinkedHashMap<String, Integer>();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line == null || line.lineId() == null) {
                throw Problem.missing("lines[" + i + "].lineId");
            }
            if (line.quantity() == null) {
                throw Problem.missing("lines[" + i + "].quantity");
            }
            if (line.quantity() < 1) {
                throw Problem.invalid("lines[" + i + "].quantity", "must be at least 1");
            }
            if (quantities.put(line.lineId(), line.quantity()) != null) {
                throw Problem.invalid("lines", "names the line '" + line.lineId() + "' twice");
            }
        }
        return quantities;
    }

    private static List<String> evidence(List<String> ids) {
        if (ids != null && ids.stream().anyMatch(Objects::isNull)) {
            throw Problem.missing("evidence");
        }
        return ids == null ? List.of() : List.copyOf(ids);
    }

    private static String required(String field, String value) {
        if (value == null || value.isBlank()) {
            throw Problem.missing(field);
        }
        return value;
    }
}
