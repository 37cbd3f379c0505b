package io.aftersale.hostile;

import static io.aftersale.support.Story.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.Desk;
import io.aftersale.support.Eventually;
import io.aftersale.support.Given;
import io.aftersale.support.Http.Answer;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Sender;
import io.aftersale.support.Shop;
import io.aftersale.support.Story;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Hostile texts and numbers in every field of every answer to a task: refused, and the task stays, or kept to the letter,
 * and never a failure of ours.
 */
@RunningApp
class HostileAnswerTest {
    @Autowired
    private Given given;

    @Autowired
    private JdbcClient jdbc;

    private final Kept kept = new Kept();

    /**
     * Something that waits at a task.
     *
     * @param number brings one there and says its business key
     * @param right an answer that would be taken, with every field that may stand in it
     */
    private record Place(String task, String person, Supplier<String> number, Map<String, Object> right) {}

    @TestFactory
    Stream<DynamicTest> in_every_field_of_every_answer() {
        return Stream.concat(
                places().stream().map(place -> dynamicTest(place.task(), () -> inEveryField(place))),
                Stream.of(dynamicTest(
                        "what was taken is kept to the letter", () -> kept.assertToTheLetter(jdbc, where -> false))));
    }

    /** The doors take turns, so that each sees every field. */
    private void inEveryField(Place place) {
        var desk = Desk.of(given.port(), place.person());
        String task = claimed(desk, place);
        int turn = 0;
        for (String field : place.right().keySet()) {
            for (Hostile hostile : Hostile.values()) {
                for (var tried : tries(Shop.JSON.valueToTree(place.right().get(field)), hostile)
                        .entrySet()) {
                    String door = turn++ % 2 == 0 ? "complete" : "submit-form";
                    var answer = answers(desk, task, door, place.right(), field, tried.getValue());
                    String what = place.task() + " " + door + " " + field + " "
                            + tried.getValue()
                                    .substring(0, Math.min(80, tried.getValue().length())) + " " + answer;
                    assertThat(answer.status()).as(what).isBetween(200, 499);
                    if (answer.status() >= 400) {
                        assertThat(answer.code()).as(what).isNotBlank().isNotEqualTo("internal-error");
                    } else {
                        assertThat(hostile.mayBeKept()).as(what).isTrue();
                        kept.took(tried.getKey(), what);
                        task = claimed(desk, place);
                    }
                }
            }
        }
        assertThat(desk.completes(task, place.right()).status())
                .as("the task is still there to be answered rightly")
                .isEqualTo(204);
    }

    /** Variables by the mark that is in them. */
    private Map<String, String> tries(JsonNode right, Hostile hostile) {
        var tries = new LinkedHashMap<String, String>();
        for (String type : hostile.types()) {
            String mark = kept.newMark();
            tries.put(mark, hostile.variable(type, mark));
        }
        if (right.isContainerNode()) {
            for (String inside : Hostile.places(right)) {
                String mark = kept.newMark();
                tries.put(mark, hostile.variable(right, inside, mark));
            }
        }
        return tries;
    }

    private static String claimed(Desk desk, Place place) {
        String number = place.number().get();
        String task = Eventually.get(() -> desk.tasksOf(number), tasks -> tasks.size() == 1)
                .get(0)
                .path("id")
                .asText();
        assertThat(desk.claims(task).status()).isEqualTo(204);
        return task;
    }

    private static Answer answers(
            Desk desk, String task, String door, Map<String, Object> right, String field, String variable) {
        var others = new LinkedHashMap<>(right);
        others.put(field, "@@variable@@");
        String body = Desk.variables(others).replace("{\"value\":\"@@variable@@\"}", variable);
        return desk.http().post("/engine-rest/task/" + task + "/" + door, body);
    }

    private List<Place> places() {
        var remark = "看过照片 👀";
        var places = new ArrayList<Place>();
        places.add(new Place(
                "Task_AuditApplication",
                "reviewer",
                () -> given.aRefund().number(),
                form("decision", "APPROVE", "approvedMinor", "3000", "remark", remark)));
        places.add(new Place(
                "Task_AuditApplication rejected",
                "reviewer",
                () -> given.aRefund().number(),
                form("decision", "REJECT", "reasonCode", "OTHER", "remark", remark)));
        places.add(new Place(
                "Task_ConfirmAudit", "supervisor", this::approvedOnce, form("decision", "APPROVE", "remark", remark)));
        places.add(new Place(
                "Task_ArbitrateDispute",
                "arbitrator",
                this::disputed,
                form("decision", "UPHOLD", "liability", liability(), "remark", remark)));
        places.add(new Place(
                "Task_ArbitrateDispute by four numbers",
                "arbitrator",
                this::disputed,
                form(
                        "decision", "UPHOLD",
                        "liabilityBuyer", "40",
                        "liabilitySeller", "60",
                        "liabilityPlatform", "0",
                        "liabilityCarrier", "0")));
        places.add(new Place(
                "Task_InspectGoods",
                "warehouse",
                () -> received(given.aReturn()).number(),
                form("inspection", inspection(), "remark", remark)));
        places.add(new Place(
                "Task_DiagnoseFault",
                "technician",
                () -> received(given.aRepair()).number(),
                diagnosis(remark)));
        places.add(new Place(
                "Task_RepairGoods",
                "technician",
                this::diagnosed,
                form("decision", "REPAIRED", "parts", parts(), "remark", remark)));
        places.add(new Place(
                "Task_SettlePayout",
                "finance",
                this::declined,
                form("decision", "PAID_OUTSIDE", "reference", "BANK-2026-1", "remark", remark)));
        places.add(new Place(
                "Task_ModerateReview",
                "moderator",
                () -> given.aReview(4, "质量不错，有问题可以打我电话13812345678一起讨论").number(),
                form("decision", "HIDE", "reasonCode", "PERSONAL_DATA", "remark", remark)));
        places.add(new Place(
                "Task_AnswerFeedback",
                "agent",
                () -> given.aFeedback().number(),
                form("decision", "ANSWERED", "answer", remark)));
        places.add(new Place(
                "Task_FollowUpDissatisfaction",
                "supervisor",
                this::dissatisfied,
                form("decision", "ANSWERED", "answer", remark)));
        places.add(new Place(
                "Task_IdentifyParcel", "warehouse", this::stray, form("decision", "UNKNOWN", "remark", remark)));
        return places;
    }

    private String approvedOnce() {
        return given.aLargeRefund()
                .at("Task_AuditApplication", "reviewer", form("decision", "APPROVE"))
                .waitsAt("Task_ConfirmAudit")
                .number();
    }

    private String disputed() {
        return given.aRefundOfSomethingNoLongerWanted()
                .buyer("dispute", "text", "please look again")
                .number();
    }

    private static Story received(Story story) {
        return story.buyer("shipment", "carrier", "SF Express", "trackingNumber", "SF" + UUID.randomUUID())
                .buyer("receipt-confirmation");
    }

    private String diagnosed() {
        return received(given.aRepair())
                .at("Task_DiagnoseFault", "technician", diagnosis("worn out"))
                .becomesAt("Task_RepairGoods")
                .number();
    }

    private String declined() {
        return given.aRefund(
                        order -> {
                            given.shop().notShipped().accept(order);
                            ((ObjectNode) order.path("tenders").path(0))
                                    .put("tenderId", "DECLINE-" + UUID.randomUUID());
                        },
                        application -> application.put("reason", "NOT_SHIPPED"))
                .becomesAt("Task_SettlePayout")
                .number();
    }

    private String dissatisfied() {
        return given.aFeedback()
                .at("Task_AnswerFeedback", "agent", form("decision", "ANSWERED", "answer", "sorry"))
                .buyer("satisfaction", "satisfaction", 1)
                .number();
    }

    private String stray() {
        String tracking = "SF" + UUID.randomUUID();
        given.warehouse().says(Sender.event("RECEIVED", "trackingNumber", tracking));
        return Eventually.get(
                        () -> jdbc.sql("select number from stray_parcel where tracking_number = ?")
                                .param(tracking)
                                .query(String.class)
                                .list(),
                        found -> !found.isEmpty())
                .get(0);
    }

    private static Map<String, Object> diagnosis(String remark) {
        return form(
                "cause",
                "keypad worn",
                "misuse",
                false,
                "repairable",
                true,
                "costMinor",
                "1000",
                "days",
                5,
                "remark",
                remark);
    }

    private static ObjectNode liability() {
        return Shop.JSON
                .createObjectNode()
                .put("buyer", 40)
                .put("seller", 60)
                .put("platform", 0)
                .put("carrier", 0);
    }

    private static JsonNode inspection() {
        var line = Shop.JSON
                .createObjectNode()
                .put("lineId", "1")
                .put("received", 3)
                .put("accepted", 3)
                .put("condition", "SEALED")
                .put("disposition", "RESTOCK")
                .put("sealBroken", false)
                .put("activated", false)
                .put("serialAltered", false)
                .put("tagRemoved", false)
                .put("soiled", false);
        return Shop.JSON.createArrayNode().add(line);
    }

    private static JsonNode parts() {
        return Shop.JSON
                .createArrayNode()
                .add(Shop.JSON
                        .createObjectNode()
                        .put("name", "keypad")
                        .put("quantity", 1)
                        .put("costMinor", 600)
                        .put("labourMinor", 400));
    }
}
