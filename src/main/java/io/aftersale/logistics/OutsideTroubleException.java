package io.aftersale.logistics;

/** The stock system, the warehouse or the carrier gave no answer that says what it did. Whoever asked asks again later. */
public class OutsideTroubleException extends RuntimeException {
    public OutsideTroubleException(String message) {
        super(message);
    }
}
