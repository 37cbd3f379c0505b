package io.aftersale.insight;

/** The names under which things are counted. Some go on after a colon with what they are about. */
final class Measure {
    static final String APPLIED = "APPLIED";
    static final String APPROVED = "APPROVED";
    static final String REJECTED = "REJECTED";
    static final String PAID = "PAID";
    static final String CHARGED = "CHARGED";
    static final String SATISFACTION = "SATISFACTION";
    static final String CLOSED = "CLOSED:";
    static final String KEPT = "KEPT:";
    static final String MISSED = "MISSED:";
    static final String FEEDBACK = "FB_APPLIED";
    static final String FEEDBACK_CLOSED = "FB_CLOSED:";
    static final String FEEDBACK_SATISFACTION = "FB_SATISFACTION";
    static final String RULE = "RULE:";
    static final String AUDIT_TIME = "AUDIT_TIME";
    static final String GOODS_TIME = "GOODS_TIME";
    static final String MONEY_TIME = "MONEY_TIME";
    static final String ANSWER_TIME = "ANSWER_TIME";

    private Measure() {}
}
