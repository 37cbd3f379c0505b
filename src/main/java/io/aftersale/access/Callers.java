package io.aftersale.access;

/** Knows who makes the current call. */
public interface Callers {
    /** The authenticated caller of this call; never null. */
    Caller current();
}
