package io.aftersale.goods;

import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.logistics.ParcelEvent;
import io.aftersale.logistics.ParcelWatcher;
import io.aftersale.problems.Problem;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Knows the parcels with which goods come back, by their authorization, their tracking number, or the case that a person
 * named. What is told of one moves its case; told again, late or in the wrong order it changes nothing. A parcel that
 * comes after its authorization has ended is nobody's, until a person says what to do with it.
 */
@Component
class ReturnWatcher implements ParcelWatcher {
    private static final Logger LOG = LoggerFactory.getLogger(ReturnWatcher.class);

    private final ReturnAuthorizations returns;
    private final ReturnDesk desk;
    private final CaseFiles files;

    ReturnWatcher(ReturnAuthorizations returns, ReturnDesk desk, CaseFiles files) {
        this.returns = returns;
        this.desk = desk;
        this.files = files;
    }

    @Override
    public boolean heard(ParcelEvent event) {
        var known = find(event);
        if (known.isEmpty()) {
            return false;
        }
        String caseNumber = known.get().caseNumber();
        CaseFile file = files.lock(caseNumber);
        // Read again behind the lock: somebody may have told the same in the meantime.
        var it = returns.find(caseNumber).orElseThrow();
        if (it.endedAt() != null) {
            return it.receivedAt() != null;
        }
        if (it.shippedAt() == null) {
            desk.shipUnannounced(file, event.carrier(), event.trackingNumber());
        }
        if (event.type().isArrival() && it.receivedAt() == null) {
            desk.receiveUnannounced(file);
        }
        attachPictures(file, event);
        return true;
    }

    @Override
    public Optional<String> caseOf(ParcelEvent event) {
        return find(event).map(ReturnAuthorization::caseNumber);
    }

    @Override
    public boolean awaits(String caseNumber) {
        return returns.find(caseNumber).filter(it -> it.endedAt() == null).isPresent();
    }

    private Optional<ReturnAuthorization> find(ParcelEvent event) {
        if (event.caseNumber() != null) {
            return returns.find(event.caseNumber());
        }
        Optional<ReturnAuthorization> named =
                event.authorization() == null ? Optional.empty() : returns.findByNumber(event.authorization());
        return named.isPresent() || event.trackingNumber() == null
                ? named
                : returns.findByTrackingNumber(event.trackingNumber());
    }

    private void attachPictures(CaseFile file, ParcelEvent event) {
        try {
            files.attach(file, event.evidence());
        } catch (Problem notTheirs) {
            LOG.info("The pictures of {} are not put on {}: {}", event.eventId(), file.number(), notTheirs.detail());
        }
    }
}
