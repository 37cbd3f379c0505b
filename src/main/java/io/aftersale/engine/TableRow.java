package io.aftersale.engine;

/**
 * A row of a decision table as its owner knows it.
 *
 * @param rule the id of the rule, which stays when rows move
 * @param number counted from 1, as Modeler shows it
 * @param note the annotation; null when there is none
 */
public record TableRow(String rule, int number, String note) {}
