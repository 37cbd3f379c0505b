package io.aftersale.insight;

/** Knows where in Tasklist the task behind a wait is opened. */
interface TaskLinks {
    /** The same risk with a link, where a task waits. */
    Risk of(Risk risk);
}
