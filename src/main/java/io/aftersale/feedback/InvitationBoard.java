package io.aftersale.feedback;

import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.InvitationOfCase;
import io.aftersale.engine.StatusBoard;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Invites the buyer once when an after-sale case has come to its end: to review what was bought, and to say how
 * satisfied they are with how it was handled. A case that the buyer left is not asked about.
 */
@Component
class InvitationBoard implements StatusBoard, InvitationOfCase {
    private static final Set<String> ENDS = Set.of("COMPLETED", "CLOSED");

    private final CaseFiles cases;
    private final Invitations invitations;

    InvitationBoard(CaseFiles cases, Invitations invitations) {
        this.cases = cases;
        this.invitations = invitations;
    }

    @Override
    public boolean knows(String businessKey) {
        return businessKey != null && businessKey.startsWith("AS-");
    }

    @Override
    public void entered(String businessKey, String elementId, String status, String outcome) {
        if (outcome != null && ENDS.contains(status)) {
            CaseFile file = cases.lock(businessKey);
            invitations.offer(businessKey, Invitation.CASE_CLOSED, file.merchantId(), file.buyerId(), file.orderId());
        }
    }

    @Override
    public Optional<Invited> of(String caseNumber) {
        return invitations
                .find(caseNumber)
                .map(it -> new Invited(it.offeredAt(), it.satisfaction(), it.answeredAt(), it.feedbackNumber()));
    }
}
