package io.aftersale.reviews;

/** The parts of a review: the buyer's own, the buyer's later word, and one of the merchant. */
enum Part {
    REVIEW("Review 评价"),
    FOLLOW_UP("Follow-up 追评"),
    REPLY("Merchant's reply 商家回复");

    private final String words;

    Part(String words) {
        this.words = words;
    }

    /** What people read. */
    String words() {
        return words;
    }
}
