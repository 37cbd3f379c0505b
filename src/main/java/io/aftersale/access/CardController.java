package io.aftersale.access;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where a shop gives a bank card for a token. Nothing here reads a card back. */
@RestController
@RequestMapping("/api/cards")
@Tag(name = "Cards", description = "Bank cards for tokens; a card is never read back")
class CardController {
    private final CardVault vault;
    private final Callers callers;

    CardController(CardVault vault, Callers callers) {
        this.vault = vault;
        this.callers = callers;
    }

    /** A card as a shop gives it. */
    @Schema(name = "Card", example = "{\"cardNumber\":\"6200000000000302\",\"holder\":\"唐薇\",\"bank\":\"示例银行\"}")
    record GivenCard(String cardNumber, String holder, String bank) {
        @Override
        public String toString() {
            return "a card";
        }
    }

    record CardTaken(String cardToken, String masked) {}

    @PostMapping
    @Operation(summary = "Give a card for a token", description = "The number must pass Luhn. It is sealed at once.")
    @ResponseStatus(HttpStatus.CREATED)
    CardTaken take(@RequestBody GivenCard card) {
        var stored = vault.store(
                callers.current().merchant(null), new CardDetails(card.cardNumber(), card.holder(), card.bank()));
        return new CardTaken(stored.token(), stored.masked());
    }
}
