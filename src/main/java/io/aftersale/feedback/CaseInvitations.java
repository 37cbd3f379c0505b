package io.aftersale.feedback;

import io.aftersale.cases.AfterCase;
import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.InvitationOfCase;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Invites the buyer once when an after-sale case has come to its end: to review what was bought, and to say how
 * satisfied they are with how it was handled. A case that the buyer left is not asked about.
 */
@Component
class CaseInvitations implements AfterCase, InvitationOfCase {
    private static final Set<String> ENDS = Set.of("COMPLETED", "CLOSED");

    private final CaseFiles cases;
    private final Invitations invitations;

    CaseInvitations(CaseFiles cases, Invitations invitations) {
        this.cases = cases;
        this.invitations = invitations;
    }

    @Override
    public void closed(String caseNumber) {
        CaseFile file = cases.lock(caseNumber);
        if (ENDS.contains(file.status())) {
            invitations.offer(caseNumber, Invitation.CASE_CLOSED, file.merchantId(), file.buyerId(), file.orderId());
        }
    }

    @Override
    public Optional<Invited> of(String caseNumber) {
        return invitations
                .find(caseNumber)
                .map(it -> new Invited(it.offeredAt(), it.satisfaction(), it.answeredAt(), it.feedbackNumber()));
    }
}
