package io.aftersale.handling;

/** What may be asked for of one order in one go, by the member of the call that carries it. */
enum Part {
    AFTER_SALE("afterSale"),
    REVIEW("review"),
    FEEDBACK("feedback");

    private final String member;

    Part(String member) {
        this.member = member;
    }

    String member() {
        return member;
    }
}
