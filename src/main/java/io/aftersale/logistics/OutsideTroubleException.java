package io.aftersale.logistics;

/** The stock system or the carrier gave no answer that says what it did. Whoever asked asks again later. */
public class OutsideTroubleException extends RuntimeException {
    OutsideTroubleException(String message) {
        super(message);
    }
}
