package io.aftersale.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.access.Cards.SealedCard;
import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Keeps bank cards: takes one in for a token, shows its last four digits, and gives it in clear to the room that pays.
 * Each row is sealed for its own merchant and token, so that a row moved to another place does not open. A number never
 * leaves here in a log line or in the message of a failure.
 */
@Component
public class CardVault {
    private static final Pattern TOKEN = Pattern.compile("card-[0-9a-f]{32}");
    private static final int LONGEST_NAME = 100;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Cards cards;
    private final CardKey key;
    private final ObjectMapper json;
    private final Clock clock;

    CardVault(Cards cards, CardKey key, ObjectMapper json, Clock clock) {
        this.cards = cards;
        this.key = key;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Takes in a card. Blanks and hyphens between the digits of its number are left out.
     *
     * @throws Problem CARD_NUMBER_INVALID, FIELD_MISSING, TEXT_INVALID
     */
    public StoredCard store(String merchantId, CardDetails given) {
        CardDetails card = check(given);
        String token = newToken();
        try {
            byte[] sealed = key.seal(json.writeValueAsBytes(card), context(merchantId, token));
            cards.add(
                    token,
                    merchantId,
                    new SealedCard(Base64.getEncoder().encodeToString(sealed), lastFour(card)),
                    clock.instant());
        } catch (JsonProcessingException | GeneralSecurityException failed) {
            throw new IllegalStateException("a card could not be sealed");
        }
        return new StoredCard(token, card.masked());
    }

    /** @throws Problem CARD_UNKNOWN when this merchant has no such card */
    public StoredCard find(String merchantId, String token) {
        return new StoredCard(token, CardDetails.masked(row(merchantId, token).lastFour()));
    }

    /**
     * The card in clear, for the payment provider only.
     *
     * @throws Problem CARD_UNKNOWN when this merchant has no such card
     */
    public CardDetails reveal(String merchantId, String token) {
        SealedCard card = row(merchantId, token);
        try {
            byte[] clear = key.open(Base64.getDecoder().decode(card.sealed()), context(merchantId, token));
            return json.readValue(clear, CardDetails.class);
        } catch (GeneralSecurityException | IOException failed) {
            throw new IllegalStateException("the card " + token + " cannot be opened with the keys given");
        }
    }

    private SealedCard row(String merchantId, String token) {
        return Optional.ofNullable(token)
                .filter(given -> TOKEN.matcher(given).matches())
                .flatMap(given -> cards.find(merchantId, given))
                .orElseThrow(() -> new Problem(ProblemCode.CARD_UNKNOWN, "There is no card with this token."));
    }

    private static CardDetails check(CardDetails given) {
        if (given.number() == null) {
            throw Problem.missing("cardNumber");
        }
        String number = given.number().replaceAll("[ -]", "");
        if (!number.matches("[0-9]{13,19}") || !FreeText.passesLuhn(number)) {
            throw new Problem(ProblemCode.CARD_NUMBER_INVALID, "The card number has a slip in it.")
                    .with("field", "cardNumber");
        }
        return new CardDetails(number, name("holder", given.holder()), name("bank", given.bank()));
    }

    private static String name(String field, String given) {
        String name = FreeText.check(field, given, LONGEST_NAME);
        if (name == null || name.isBlank()) {
            throw Problem.missing(field);
        }
        return name.strip();
    }

    private static String lastFour(CardDetails card) {
        return card.number().substring(card.number().length() - 4);
    }

    private static String newToken() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return "card-" + HexFormat.of().formatHex(bytes);
    }

    private static byte[] context(String merchantId, String token) {
        return (merchantId + "\n" + token).getBytes(StandardCharsets.UTF_8);
    }
}
