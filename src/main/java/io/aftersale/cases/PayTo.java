package io.aftersale.cases;

/** Where the money goes: back by the original payment, or to a bank card known by its token only. */
record PayTo(String method, String cardToken) {
    static final String ORIGINAL = "ORIGINAL";
    static final String BANK_CARD = "BANK_CARD";

    static final PayTo BACK = new PayTo(ORIGINAL, null);
}
