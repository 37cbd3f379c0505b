package io.aftersale.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A review of the demo as the shop sends it, and what is called for it afterwards. */
record SampleReview(String shop, JsonNode review, List<Call> then) {
    /** The last part of the address below the review, such as {@code reply}, and what is sent there. */
    record Call(String call, JsonNode body) {}
}
