package io.aftersale.cases;

import io.aftersale.orders.Order;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;

/** Why a buyer asks, as the buyer says it, with the Chinese words that people read beside it. */
public enum Reason {
    NO_LONGER_WANTED(Basis.NO_REASON, "不想要了"),
    DAMAGED(Basis.QUALITY, "商品破损"),
    FAULTY(Basis.QUALITY, "质量问题"),
    WRONG_ITEM(Basis.QUALITY, "发错商品"),
    MISSING_PARTS(Basis.QUALITY, "少件漏发"),
    NOT_AS_DESCRIBED(Basis.QUALITY, "与描述不符"),
    NOT_SHIPPED(Basis.UNSHIPPED, "未发货"),
    NOT_RECEIVED(Basis.SERVICE, "未收到货"),
    LATE(Basis.SERVICE, "送达太晚"),
    OTHER(Basis.SERVICE, "其他");

    private final Basis basis;
    private final String chinese;

    Reason(Basis basis, String chinese) {
        this.basis = basis;
        this.chinese = chinese;
    }

    String chinese() {
        return chinese;
    }

    /**
     * The ground for this order: one that has not shipped is UNSHIPPED whatever the reason.
     *
     * @throws Problem REASON_NOT_FITTING for NOT_SHIPPED on an order that has shipped
     */
    Basis basisFor(Order order) {
        if (!order.isShipped()) {
            return Basis.UNSHIPPED;
        }
        if (this == NOT_SHIPPED) {
            throw new Problem(
                            ProblemCode.REASON_NOT_FITTING,
                            "The order " + order.orderId() + " has shipped, so NOT_SHIPPED cannot be the reason.")
                    .with("field", "reason");
        }
        return basis;
    }

    /** @throws Problem FIELD_MISSING, FIELD_INVALID */
    static Reason parse(String text) {
        return Named.parse(Reason.class, "reason", text);
    }
}
