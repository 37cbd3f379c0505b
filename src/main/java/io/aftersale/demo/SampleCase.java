package io.aftersale.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** An application of the demo as the shop sends it, the pictures that come with it, and what happens to it then. */
record SampleCase(String shop, ObjectNode application, List<SamplePicture> pictures, List<SampleStep> steps) {
    String orderId() {
        return application.path("orderId").asText();
    }
}
