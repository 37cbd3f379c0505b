package io.aftersale.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.Given;
import io.aftersale.support.Http.Answer;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Shop;
import io.aftersale.support.Shop.Purchase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Hostile texts and numbers in every start variable of every flow, at both doors of the engine's REST: refused with a
 * code, or kept to the letter, and never a failure of ours.
 */
@RunningApp
class HostileStartTest {
    private static final List<String> FLOWS =
            List.of("refund", "return", "exchange", "repair", "review", "feedback", "order-handling");

    @Autowired
    private Given given;

    @Autowired
    private JdbcClient jdbc;

    private final Kept kept = new Kept();

    @TestFactory
    Stream<DynamicTest> in_every_variable_of_every_flow() {
        return Stream.concat(
                FLOWS.stream().map(flow -> dynamicTest(flow, () -> inEveryVariable(flow))),
                Stream.of(dynamicTest(
                        "what was taken is kept to the letter", () -> kept.assertToTheLetter(jdbc, where -> false))));
    }

    /** The doors take turns, so that each sees every variable. */
    private void inEveryVariable(String flow) throws JsonProcessingException {
        var purchase = given.aProductBought();
        int turn = 0;
        for (String name : fieldNames(variables(flow, purchase))) {
            for (Hostile hostile : Hostile.values()) {
                for (var tried :
                        tries(variables(flow, purchase).path(name), hostile).entrySet()) {
                    String door = turn++ % 2 == 0 ? "start" : "submit-form";
                    var answer = starts(flow, door, variables(flow, purchase), name, tried.getValue());
                    String where = flow + " " + door + " " + name + " "
                            + tried.getValue()
                                    .substring(0, Math.min(80, tried.getValue().length()));
                    purchase = after(answer, hostile, tried.getKey(), where, purchase);
                }
            }
        }
    }

    /** Variables by the mark that is in them. */
    private Map<String, String> tries(JsonNode right, Hostile hostile) throws JsonProcessingException {
        var tries = new LinkedHashMap<String, String>();
        for (String type : hostile.types()) {
            String mark = kept.newMark();
            tries.put(mark, hostile.variable(type, mark));
        }
        if (right.path("type").asText().equals("Json")) {
            JsonNode inside = Shop.JSON.readTree(right.path("value").asText());
            for (String place : Hostile.places(inside)) {
                String mark = kept.newMark();
                tries.put(mark, hostile.variable(inside, place, mark));
            }
        }
        return tries;
    }

    private Purchase after(Answer answer, Hostile hostile, String mark, String where, Purchase purchase) {
        String what = where + " " + hostile + ": " + answer;
        assertThat(answer.status()).as(what).isBetween(200, 499);
        assertThat(answer.text()).as(what).doesNotContain("1337");
        if (answer.status() >= 400) {
            assertThat(answer.code()).as(what).isNotBlank().isNotEqualTo("internal-error");
            return purchase;
        }
        assertThat(hostile.mayBeKept()).as(what).isTrue();
        kept.took(mark, where);
        return given.aProductBought();
    }

    private Answer starts(String flow, String door, ObjectNode variables, String name, String variable) {
        variables.put(name, "@@variable@@");
        String body = Shop.JSON
                .createObjectNode()
                .set("variables", variables)
                .toString()
                .replace("\"@@variable@@\"", variable);
        return given.shop().http().post("/engine-rest/process-definition/key/" + flow + "/" + door, body);
    }

    private static List<String> fieldNames(ObjectNode variables) {
        return variables.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static ObjectNode variables(String flow, Purchase purchase) {
        return typed(
                switch (flow) {
                    case "return" -> Shop.application(purchase, 1).put("amountMinor", 3_000);
                    case "exchange" -> Shop.exchange(purchase, 1).put("wantedPriceMinor", 3_000);
                    case "repair" -> Shop.repair(purchase, 1);
                    case "review" -> Given.review(purchase, 5, "杯子很厚实");
                    case "feedback" -> Shop.feedback(purchase);
                    case "order-handling" -> handling(purchase);
                    default -> refund(purchase);
                });
    }

    private static ObjectNode refund(Purchase purchase) {
        var refund = Shop.application(purchase, 1).put("amountMinor", 3_000).put("includeShipping", false);
        refund.putObject("payTo").put("method", "ORIGINAL");
        refund.putArray("evidence");
        return refund;
    }

    private static ObjectNode handling(Purchase purchase) {
        var handling = Shop.JSON.createObjectNode().put("orderId", purchase.orderId());
        var application = Shop.application(purchase, 1);
        application.remove("orderId");
        handling.set("afterSale", application);
        var review = Given.review(purchase, 5, "杯子很厚实");
        review.remove("orderId");
        handling.set("review", review);
        var feedback = Shop.feedback(purchase);
        feedback.remove("orderId");
        handling.set("feedback", feedback);
        return handling;
    }

    private static ObjectNode typed(ObjectNode body) {
        var variables = Shop.JSON.createObjectNode();
        body.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (!field.getKey().equals("kind")) {
                var variable = variables.putObject(field.getKey());
                if (value.isContainerNode()) {
                    variable.put("type", "Json").put("value", value.toString());
                } else {
                    variable.set("value", value);
                }
            }
        });
        return variables;
    }
}
