package io.aftersale.cases;

import io.aftersale.problems.Problem;
import java.util.List;
import org.springframework.stereotype.Component;

/** The pictures of cases. */
@Component
class Evidence {
    List<String> attach(String merchantId, String caseNumber, List<String> ids) {
        if (!ids.isEmpty()) {
            throw Problem.invalid("evidence", "cannot be taken yet");
        }
        return ids;
    }

    List<EvidenceView> of(String caseNumber) {
        return List.of();
    }
}
