package io.aftersale.cases;

import io.aftersale.problems.Problem;

/** Why a person refuses an application; OTHER needs a remark. */
enum RejectCode {
    NOT_AS_CLAIMED,
    OUT_OF_WINDOW,
    EXCLUDED_GOODS,
    INSUFFICIENT_EVIDENCE,
    USED_BY_BUYER,
    DUPLICATE,
    FRAUD_SUSPECTED,
    OTHER;

    /** The code of a refusal, which an OTHER must explain. */
    static String of(Answer answer, String remark) {
        var code = Named.parse(
                RejectCode.class, "reasonCode", answer.text("reasonCode").orElse(null));
        if (code == OTHER && remark == null) {
            throw Problem.missing("remark");
        }
        return code.name();
    }
}
