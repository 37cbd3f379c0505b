package io.aftersale.problems;

/**
 * This node cannot run as it is set up. The message is one sentence that says what is wrong and what to do; it is all
 * that the operator gets to read, and never repeats a secret.
 */
public class StartRefusedException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    public StartRefusedException(String sentence) {
        super(sentence);
    }

    public StartRefusedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
