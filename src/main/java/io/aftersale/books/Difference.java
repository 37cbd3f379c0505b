package io.aftersale.books;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Something in which our record and the provider's book do not agree.
 *
 * @param number its own number (BD-...), the business key of its flow
 * @param caseNumber null where the provider paid what nobody here asked for
 * @param ours what our record says, and {@code theirs} the provider's book; null where there is nothing
 */
record Difference(
        String number,
        LocalDate day,
        Kind kind,
        String key,
        String merchantId,
        String caseNumber,
        String ours,
        String theirs,
        Instant foundAt) {

    /** What differs. */
    enum Kind {
        NOT_OURS("The provider paid what nobody here asked for 支付方有款项而我方无记录"),
        NOT_THE_SAME("Amount, tender or order differ 金额或支付方式不一致"),
        PAID_THOUGH_CANCELLED("The provider paid what was cancelled here 已取消的退款被支付"),
        PAID_TWICE("Paid outside and by the provider 重复支付"),
        PAID_NOT_RECORDED("The provider paid, our record does not say so 已支付而我方未入账"),
        NOT_PAID_THERE("Our record says paid, the provider's book does not 我方已入账而支付方无记录");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
