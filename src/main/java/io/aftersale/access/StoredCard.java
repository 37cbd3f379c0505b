package io.aftersale.access;

/** A card in the vault: the token that stands for it everywhere, and what people may see of it. */
public record StoredCard(String token, String masked) {}
