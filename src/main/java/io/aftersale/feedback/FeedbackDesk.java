package io.aftersale.feedback;

import io.aftersale.cases.Deadlines;
import io.aftersale.engine.Rules;
import io.aftersale.engine.Ruling;
import io.aftersale.orders.OrderBook;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/**
 * What becomes of a feedback, step by step as the diagram asks: who answers it until when, what was replied, how
 * satisfied the buyer is. It never chooses the next step.
 */
@Service
public class FeedbackDesk {
    static final String ANSWER = "ANSWER";
    static final String FOLLOW_UP = "FOLLOW_UP";
    static final String FORWARD = "FORWARD";
    private static final String RULES = "rules";
    private static final String AGENTS = "agents";
    private static final String SUPERVISORS = "supervisors";

    private final Feedbacks feedbacks;
    private final Waits waits;
    private final Diary diary;
    private final Invitations invitations;
    private final OrderBook orders;
    private final Rules rules;
    private final Clock clock;
    private final ZoneId zone;

    FeedbackDesk(
            Feedbacks feedbacks,
            Waits waits,
            Diary diary,
            Invitations invitations,
            OrderBook orders,
            Rules rules,
            Clock clock,
            @Value("${aftersale.zone}") ZoneId zone) {
        this.feedbacks = feedbacks;
        this.waits = waits;
        this.diary = diary;
        this.invitations = invitations;
        this.orders = orders;
        this.rules = rules;
        this.clock = clock;
        this.zone = zone;
    }

    /** {@code FB-<year>-<8 digits>}: the year in the market's zone, the digits from one sequence with gaps allowed. */
    public String nextNumber() {
        return "FB-%d-%08d".formatted(clock.instant().atZone(zone).getYear(), feedbacks.nextNumber());
    }

    /**
     * Keeps a feedback.
     *
     * @param given the number it was given before, or null for the next one
     * @return its number
     */
    String register(String given, FeedbackRequest asked, String actor) {
        String number = given == null ? nextNumber() : given;
        feedbacks.insert(new Feedback(
                number,
                asked.merchantId(),
                asked.buyerId(),
                asked.orderId(),
                asked.caseNumber(),
                asked.topic(),
                asked.content(),
                UrgentWords.find(asked.content()).orElse(null),
                "OPEN",
                null,
                null,
                clock.instant(),
                null,
                asked.satisfaction(),
                null));
        if (asked.recoveryOf() != null) {
            invitations.takeUp(asked.recoveryOf(), null, number);
        }
        diary.add(number, actor, "feedback-registered", "Feedback received 已收到反馈");
        return number;
    }

    /** What the table says: the next step, and who takes it, how urgently, by which stage of deadlines. */
    record Triage(String nextStep, String candidateGroup, long priority, String stage) {}

    /** A triage with the wait that it opened; no wait where no answer is due. */
    record Opened(Triage triage, Deadlines.Promise promised) {}

    Opened triage(String number) {
        var said = ask(feedbacks.lock(number));
        if (said.nextStep().equals(FOLLOW_UP)) {
            return new Opened(said, null);
        }
        return new Opened(said, open(number, said, "Task_AnswerFeedback"));
    }

    /** What the table says now that the buyer has rated: CLOSE, or anything else for a follow-up. */
    String judge(String number) {
        return ask(feedbacks.lock(number)).nextStep();
    }

    Opened requestFollowUp(String number) {
        var said = ask(feedbacks.lock(number));
        diary.add(number, RULES, "follow-up-requested", "Somebody will contact you about it 我们将与您联系");
        return new Opened(said, open(number, said, "Task_FollowUpDissatisfaction"));
    }

    void remind(String number) {
        diary.addOnce(number, "answer-reminded", "The answer is due soon 即将到期");
    }

    void escalate(String number, String step) {
        diary.addOnce(
                number,
                step.equals(ANSWER) ? "answer-escalated" : "follow-up-escalated",
                "Overdue, supervisors asked too 已超时，已升级");
    }

    /** Hands the open wait to the group that the latest reply named; its time stays. */
    String forward(String number, String step) {
        feedbacks.lock(number);
        String group = feedbacks.latest(number, step).toGroup();
        feedbacks.giveTo(number, group);
        waits.handTo(number, group);
        return group;
    }

    /** The answer is out; now the buyer has time to rate it. */
    Deadlines.Promise recordAnswer(String number) {
        feedbacks.lock(number);
        feedbacks.latest(number, ANSWER);
        feedbacks.markAnswered(number);
        return waits.open(number, "satisfaction", "buyer", "Gateway_AwaitSatisfaction");
    }

    void recordFollowUp(String number) {
        feedbacks.lock(number);
        feedbacks.latest(number, FOLLOW_UP);
        waits.close(number);
    }

    /**
     * Keeps what a person replied.
     *
     * @param toGroup where it is forwarded to, or null
     * @param text for the buyer; where it is forwarded, a note for the next group, which may be null
     * @throws Problem FIELD_INVALID when it is forwarded to where it is
     */
    void reply(String number, String step, String by, String decision, String toGroup, String text) {
        Feedback it = feedbacks.lock(number);
        boolean isForward = decision.equals(FORWARD);
        if (isForward && Objects.equals(it.candidateGroup(), toGroup)) {
            throw Problem.invalid("group", "is where it is already: " + toGroup);
        }
        feedbacks.add(
                number, new Feedbacks.Reply(step, decision, by, clock.instant(), it.candidateGroup(), toGroup, text));
        if (isForward) {
            diary.add(number, by, "feedback-forwarded", "Forwarded 已转交: " + toGroup, text);
        } else {
            diary.add(number, by, step.equals(ANSWER) ? "feedback-answered" : "feedback-followed-up", text);
        }
    }

    /**
     * Keeps how satisfied the buyer is with the answer, once.
     *
     * @throws Problem ALREADY_RATED, WRONG_STATE
     */
    void rate(Feedback it, int satisfaction) {
        if (it.satisfaction() != null || !feedbacks.rate(it.number(), satisfaction)) {
            throw new Problem(ProblemCode.ALREADY_RATED, "The feedback " + it.number() + " was rated once already.")
                    .with("currentStatus", it.status());
        }
        diary.add(it.number(), "buyer", "satisfaction-given", "Satisfaction 满意度: " + satisfaction + "/5");
    }

    /** Whether a rating of a closed case asks for a follow-up, by the same table. */
    boolean isFollowedUp(int satisfaction) {
        var inputs = inputs(Topic.SERVICE, false, satisfaction, 0);
        return !rules.ask("feedback-triage", inputs).text("nextStep", "MANUAL").equals("CLOSE");
    }

    private Triage ask(Feedback it) {
        long orderMinor = it.orderId() == null
                ? 0
                : orders.find(it.merchantId(), it.orderId()).totalMinor();
        int satisfaction = it.satisfaction() == null ? 0 : it.satisfaction();
        var inputs = inputs(it.topic(), it.urgentWord() != null, satisfaction, orderMinor);
        Ruling ruling = rules.ask("feedback-triage", inputs);
        diary.keep(it.number(), inputs, ruling);
        return new Triage(
                ruling.text("nextStep", "MANUAL"),
                knownDesk(ruling.text("candidateGroup", satisfaction == 0 ? AGENTS : SUPERVISORS)),
                ruling.number("priority", 50),
                ruling.text("deadline", "answer"));
    }

    private static Map<String, Object> inputs(Topic topic, boolean isUrgent, int satisfaction, long orderMinor) {
        var inputs = new HashMap<String, Object>();
        inputs.put("topic", topic.name());
        inputs.put("urgentWord", isUrgent);
        inputs.put("satisfaction", (long) satisfaction);
        inputs.put("orderMinor", orderMinor);
        return inputs;
    }

    /** A table may name any word; a task that nobody may claim would be lost. */
    private static String knownDesk(String group) {
        return Replies.DESKS.contains(group) ? group : SUPERVISORS;
    }

    private Deadlines.Promise open(String number, Triage said, String action) {
        feedbacks.giveTo(number, said.candidateGroup());
        return waits.open(number, said.stage(), said.candidateGroup(), action);
    }
}
