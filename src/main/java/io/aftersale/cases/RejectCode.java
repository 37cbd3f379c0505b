package io.aftersale.cases;

import io.aftersale.problems.Problem;

/** Why a person refuses an application, and how a buyer is told; OTHER needs a remark. */
enum RejectCode {
    NOT_AS_CLAIMED("the goods are not as described in the application 与申请描述不符"),
    OUT_OF_WINDOW("the time for this has run out 已超过期限"),
    EXCLUDED_GOODS("these goods are excluded 该商品不支持"),
    INSUFFICIENT_EVIDENCE("the evidence does not suffice 凭证不足"),
    USED_BY_BUYER("the goods have been used 商品已被使用"),
    DUPLICATE("this was applied for before 重复申请"),
    /** Nobody is called a fraud by a form letter; the code itself is for the shop. */
    FRAUD_SUSPECTED("what was said could not be verified 所述情况无法核实"),
    OTHER("for another reason; ask the shop 其他原因，详情请咨询商家");

    private final String words;

    RejectCode(String words) {
        this.words = words;
    }

    /** For the buyer, in both languages. */
    String words() {
        return words;
    }

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
