package io.aftersale.repairs;

import io.aftersale.cases.CaseFile;
import io.aftersale.cases.Conversion;
import io.aftersale.cases.ConversionsOfKind;
import io.aftersale.cases.Kind;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * What a buyer may have instead of a repair that is under way: what the law leaves open, in the first days or when it
 * takes too long. The table {@code quality-remedy} says so, the diagram what follows.
 */
@Component
class RepairConversions implements ConversionsOfKind {
    private final Repairs repairs;
    private final Remedies remedies;
    private final RepairProcess process;

    RepairConversions(Repairs repairs, Remedies remedies, RepairProcess process) {
        this.repairs = repairs;
        this.remedies = remedies;
        this.process = process;
    }

    @Override
    public Kind kind() {
        return Kind.REPAIR;
    }

    @Override
    public Set<Conversion> openConversions(CaseFile file) {
        var open = EnumSet.noneOf(Conversion.class);
        repairs.find(file.number()).filter(Repair::isUnderRepair).ifPresent(it -> {
            var words = remedies.open(file, it);
            if (words.contains("EXCHANGE")) {
                open.add(Conversion.EXCHANGE);
            }
            if (words.contains("RETURN")) {
                open.add(Conversion.REFUND);
            }
        });
        return open;
    }

    @Override
    public boolean convert(CaseFile file, Conversion to) {
        return process.tellConverted(file.number(), to == Conversion.EXCHANGE ? "EXCHANGE" : "RETURN");
    }
}
