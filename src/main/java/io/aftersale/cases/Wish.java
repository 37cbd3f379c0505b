package io.aftersale.cases;

import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What an application wants besides money: the article instead, and where it goes. {@code priceMinor} is what the shop
 * asks for one piece of it, in minor units; null when it costs what was paid for what comes back. What is not wanted is
 * null.
 */
public record Wish(String sku, Long priceMinor, Map<String, String> address) {
    static final Wish NONE = new Wish(null, null, null);
    private static final long MOST_MINOR = 1_000_000_000_000L;
    private static final int MOST_PARTS = 12;
    private static final int MOST_TEXT = 200;
    private static final int MOST_ADDRESS = 450;
    private static final Pattern SKU = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final Pattern PART = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,29}");

    /** @throws Problem FIELD_MISSING, FIELD_INVALID, TEXT_INVALID */
    static Wish of(ApplicationBody body, Kind kind) {
        if (kind != Kind.EXCHANGE) {
            refuse("wantedSku", body.wantedSku());
            refuse("wantedPriceMinor", body.wantedPriceMinor());
            return body.address() == null ? NONE : new Wish(null, null, address(body.address()));
        }
        if (body.wantedSku() == null || body.wantedSku().isBlank()) {
            throw Problem.missing("wantedSku");
        }
        if (!SKU.matcher(body.wantedSku()).matches()) {
            throw Problem.invalid("wantedSku", "must be 1 to 64 letters, digits or any of . _ : -");
        }
        Long price = body.wantedPriceMinor();
        if (price != null && (price < 0 || price > MOST_MINOR)) {
            throw Problem.invalid("wantedPriceMinor", "must be from 0 to " + MOST_MINOR);
        }
        if (body.address() == null) {
            throw Problem.missing("address");
        }
        return new Wish(body.wantedSku(), price, address(body.address()));
    }

    private static void refuse(String field, Object value) {
        if (value != null) {
            throw Problem.invalid(field, "belongs to an exchange");
        }
    }

    /** Names and texts, as a shop writes its addresses. */
    private static Map<String, String> address(Map<String, String> parts) {
        if (parts.isEmpty() || parts.size() > MOST_PARTS) {
            throw Problem.invalid("address", "must have 1 to " + MOST_PARTS + " parts");
        }
        var address = new LinkedHashMap<String, String>();
        parts.forEach((name, text) -> {
            if (!PART.matcher(name).matches()) {
                throw Problem.invalid("address", "must name its parts with letters and digits, at most 30");
            }
            if (text == null || text.isBlank()) {
                throw Problem.missing("address." + name);
            }
            address.put(name, FreeText.check("address." + name, text, MOST_TEXT));
        });
        if (String.join(", ", address.values()).length() > MOST_ADDRESS) {
            throw Problem.invalid("address", "must have at most " + MOST_ADDRESS + " characters in all");
        }
        return address;
    }

    /** The address in one line, as it stands on a parcel; null where none was named. */
    public String addressLine() {
        return address == null ? null : String.join(", ", address.values());
    }
}
