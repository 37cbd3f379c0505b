package io.aftersale.cases;

import io.aftersale.problems.Problem;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/**
 * Turns a case into something else while it runs: its kind, evidence, clock and amounts stay, no second application is
 * made. What is open when is said by the room of its kind, what happens then by the diagram.
 */
@Service
public class Conversions {
    private static final Map<Conversion, String> WORDS = Map.of(
            Conversion.REFUND, "Money back instead 改为退款",
            Conversion.RETURN, "Return instead 改为退货退款",
            Conversion.EXCHANGE, "Exchange instead 改为换货",
            Conversion.ALLOWANCE, "Kept with an allowance 改为保留商品并补偿");

    private final Cases cases;
    private final CaseFiles files;
    private final Timeline timeline;
    private final ObjectProvider<ConversionsOfKind> rooms;

    Conversions(Cases cases, CaseFiles files, Timeline timeline, ObjectProvider<ConversionsOfKind> rooms) {
        this.cases = cases;
        this.files = files;
        this.timeline = timeline;
        this.rooms = rooms;
    }

    /**
     * The buyer asks for it.
     *
     * @throws Problem FIELD_MISSING, FIELD_INVALID, WRONG_STATE when the case cannot become this as it stands
     */
    void ask(CaseFile file, String word) {
        Conversion to = Named.parse(Conversion.class, "to", word);
        Set<Conversion> open = rooms.stream()
                .filter(room -> room.kind() == file.kind())
                .findFirst()
                .map(room -> room.openConversions(file))
                .orElse(Set.of());
        if (!open.contains(to)) {
            throw files.wrongState(file)
                    .with("open", open.stream().map(Conversion::name).sorted().toList());
        }
        record(file.number(), to, "buyer");
        boolean isTaken =
                rooms.stream().filter(room -> room.kind() == file.kind()).allMatch(room -> room.convert(file, to));
        if (!isTaken) {
            throw files.wrongState(file);
        }
    }

    /**
     * Writes down what a case has become. Told twice it is written once.
     *
     * @param by who wanted it: a user id, {@code buyer}, {@code rules} or {@code deadline}
     */
    public void record(String caseNumber, Conversion to, String by) {
        if (cases.convert(caseNumber, to)) {
            timeline.add(caseNumber, by, "case-converted", WORDS.get(to));
        }
    }
}
