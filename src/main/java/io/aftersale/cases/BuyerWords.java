package io.aftersale.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a buyer reads on the timeline, in both languages, where a decision is known to us by a code. A code that an owner
 * has added stays as it is. Which rule said so is for staff and stands in the remark.
 */
final class BuyerWords {
    private static final Map<String, String> OUTCOMES = Map.of(
            "REFUNDED", "the money went back 已退款",
            "EXCHANGED", "exchanged 已换货",
            "REPAIRED", "repaired 已修好",
            "NOT_REPAIRED", "not repaired 未维修",
            "NOTHING_ACCEPTED", "nothing could be accepted 验货未通过",
            "REJECTED", "not approved 未通过",
            "WITHDRAWN", "withdrawn 已撤回",
            "EXPIRED", "the time ran out 已逾期",
            "PAYOUT_CANCELLED", "the payment was cancelled 退款已取消");

    private static final Map<String, String> AUDITS = Map.of(
            "APPROVE", "Reviewed: approved 审核意见：通过",
            "REJECT", "Reviewed: not approved 审核意见：不通过",
            "ASK_EVIDENCE", "Reviewed: more evidence is needed 审核意见：需要补充凭证");

    private static final Map<String, String> CONFIRMATIONS = Map.of(
            "APPROVE", "Reviewed by a second person: approved 复核意见：通过",
            "REJECT", "Reviewed by a second person: not approved 复核意见：不通过");

    private static final List<String> PARTIES = List.of("buyer 买家", "seller 卖家", "platform 平台", "carrier 承运商");

    private BuyerWords() {}

    static String closed(String outcome) {
        return "Closed 已结束: " + OUTCOMES.getOrDefault(outcome, outcome);
    }

    static String audited(String decision) {
        return AUDITS.get(decision);
    }

    static String confirmed(String decision) {
        return CONFIRMATIONS.get(decision);
    }

    static String rejected(RejectCode code) {
        return "Rejected 未通过: " + code.words();
    }

    /** @param liability per cent as "buyer/seller/platform/carrier"; who bears nothing is not named */
    static String arbitrated(String liability) {
        String[] shares = liability.split("/");
        var borne = new ArrayList<String>();
        for (int i = 0; i < shares.length; i++) {
            if (!shares[i].equals("0")) {
                borne.add(PARTIES.get(i) + " " + shares[i] + "%");
            }
        }
        return "An arbitrator has decided 仲裁已作出. The loss is borne by 责任承担: " + String.join(", ", borne);
    }
}
