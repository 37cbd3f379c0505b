package io.aftersale.cases;

import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What an application wants besides money: the article instead, or the fault to be mended, and where it goes. {@code
 * priceMinor} is what the shop asks for one piece of the article, in minor units; null when it costs what was paid for
 * what comes back. What is not wanted is null.
 */
public record Wish(String sku, Long priceMinor, Map<String, String> address, String fault) {
    static final Wish NONE = new Wish(null, null, null, null);
    private static final long MOST_MINOR = 1_000_000_000_000L;
    private static final int MOST_PARTS = 12;
    private static final int MOST_TEXT = 200;
    private static final int MOST_ADDRESS = 450;
    private static final Pattern SKU = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final Pattern PART = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,29}");

    /** @throws Problem FIELD_MISSING, FIELD_INVALID, TEXT_INVALID */
    static Wish of(ApplicationBody body, Kind kind) {
        if (kind != Kind.REPAIR) {
            refuse("fault", body.fault(), "a repair");
        }
        if (kind != Kind.EXCHANGE) {
            refuse("wantedSku", body.wantedSku(), "an exchange");
            refuse("wantedPriceMinor", body.wantedPriceMinor(), "an exchange");
            if (kind == Kind.REPAIR) {
                return new Wish(null, null, requireAddress(body), fault(body));
            }
            return body.address() == null ? NONE : new Wish(null, null, address(body.address()), null);
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
        return new Wish(body.wantedSku(), price, requireAddress(body), null);
    }

    private static void refuse(String field, Object value, String owner) {
        if (value != null) {
            throw Problem.invalid(field, "belongs to " + owner);
        }
    }

    private static String fault(ApplicationBody body) {
        if (body.fault() == null || body.fault().isBlank()) {
            throw Problem.missing("fault");
        }
        if (body.lines().size() != 1) {
            throw Problem.invalid("lines", "must be one line: each thing is diagnosed and repaired by itself");
        }
        return FreeText.check("fault", body.fault(), Application.MOST_TEXT);
    }

    private static Map<String, String> requireAddress(ApplicationBody body) {
        if (body.address() == null) {
            throw Problem.missing("address");
        }
        return address(body.address());
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
