package io.aftersale.demo;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What somebody does with a sample case: a person answers the task {@code at} which the case waits, or the shop calls
 * for its buyer.
 *
 * @param at the action that the case sheet names as the next one; a case that waits elsewhere has had this step
 * @param as the person who claims and answers the task; null for a call
 * @param answer the fields of the answer
 * @param call the last part of the address below the case, such as {@code dispute}; null for a task
 * @param body what is sent with the call
 */
record SampleStep(String at, String as, JsonNode answer, String call, JsonNode body) {}
