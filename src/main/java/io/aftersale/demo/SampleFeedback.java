package io.aftersale.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a buyer of the demo says about the shop, as the shop sends it, and what happens to it then. */
record SampleFeedback(String shop, ObjectNode feedback, List<SampleStep> steps) {}
