package io.aftersale.goods;

import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.Deadlines;
import io.aftersale.cases.Due;
import io.aftersale.cases.ParcelsOfCase;
import io.aftersale.cases.Timeline;
import io.aftersale.logistics.Movements;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.Objects;
import java.util.regex.Pattern;
import org.springframework.stereotype.Service;

/**
 * The way back of goods, from the permission to the receipt: what the process asks for, and what the shop's side tells.
 * It keeps records and passes facts on; it never chooses the next step and pays nothing.
 */
@Service
class ReturnDesk implements ParcelsOfCase {
    static final String BUYER = "buyer";
    static final String WAREHOUSE = "warehouse";
    private static final Pattern CARRIER = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,39}");
    private static final Pattern TRACKING_NUMBER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{3,63}");

    private final ReturnAuthorizations returns;
    private final Movements movements;
    private final GoodsProcess process;
    private final CaseFiles files;
    private final Deadlines deadlines;
    private final Timeline timeline;
    private final GoodsSettings settings;

    ReturnDesk(
            ReturnAuthorizations returns,
            Movements movements,
            GoodsProcess process,
            CaseFiles files,
            Deadlines deadlines,
            Timeline timeline,
            GoodsSettings settings) {
        this.returns = returns;
        this.movements = movements;
        this.process = process;
        this.files = files;
        this.deadlines = deadlines;
        this.timeline = timeline;
        this.settings = settings;
    }

    /** Gives the permission to send, and the buyer's time for it. */
    Due authorize(String caseNumber) {
        CaseFile file = files.lock(caseNumber);
        returns.insert(caseNumber, file.merchantId(), "R" + caseNumber, settings.address());
        timeline.add(
                caseNumber,
                "rules",
                "return-authorized",
                "Please send the goods back 请寄回商品: R" + caseNumber + ", " + settings.address());
        return deadlines.open(caseNumber, "shipment", null, BUYER, "Gateway_AwaitShipment");
    }

    /**
     * The shop says that the buyer has sent the parcel.
     *
     * @throws Problem WRONG_STATE when no parcel is waited for, TRACKING_NUMBER_TAKEN, FIELD_MISSING, FIELD_INVALID
     */
    void ship(CaseFile file, String carrier, String trackingNumber) {
        String by = matching("carrier", carrier, CARRIER);
        String number = matching("trackingNumber", trackingNumber, TRACKING_NUMBER);
        if (isAnotherParcel(file, number)) {
            throw new Problem(
                            ProblemCode.TRACKING_NUMBER_TAKEN,
                            "The parcel " + number + " is another one: it belongs to another case, or we sent it.")
                    .with("field", "trackingNumber");
        }
        if (!returns.ship(file.number(), by, number) || !process.tellShipped(file.number())) {
            throw files.wrongState(file);
        }
    }

    /** A parcel turned out to be this case's before anybody announced it; what nobody said of it is null. */
    void shipUnannounced(CaseFile file, String carrier, String trackingNumber) {
        boolean isTaken = trackingNumber != null && isAnotherParcel(file, trackingNumber);
        if (!returns.ship(file.number(), carrier, isTaken ? null : trackingNumber)
                || !process.tellShipped(file.number())) {
            throw new IllegalStateException("The case " + file.number() + " is just being told something else");
        }
    }

    /**
     * Whether a number is that of another case's parcel, or of one that we sent ourselves. A carrier's name may be written
     * in many ways and says nothing: whoever announced a foreign parcel would have its events taken for the own one's.
     */
    private boolean isAnotherParcel(CaseFile file, String trackingNumber) {
        return movements.findParcel(trackingNumber).isPresent()
                || returns.findByTrackingNumber(trackingNumber)
                        .filter(it -> !it.caseNumber().equals(file.number()))
                        .isPresent();
    }

    /** The process has taken note of the shipment: the merchant's time to confirm the receipt begins. */
    Due recordShipment(String caseNumber) {
        var parcel = returns.find(caseNumber).orElseThrow();
        timeline.add(
                caseNumber,
                BUYER,
                "goods-shipped",
                "Sent back 已寄回: "
                        + Objects.toString(parcel.carrier(), "")
                        + " "
                        + Objects.toString(parcel.trackingNumber(), ""));
        return deadlines.open(caseNumber, "receipt", null, WAREHOUSE, "Gateway_AwaitReceipt");
    }

    @Override
    public boolean confirm(CaseFile file) {
        return returns.receive(file.number()) && process.tellReceived(file.number());
    }

    /** Somebody saw the parcel come in; where the process has stopped waiting for that, it is only noted. */
    void receiveUnannounced(CaseFile file) {
        if (returns.receive(file.number()) && !process.tellReceived(file.number())) {
            recordReceipt(file.number());
        }
    }

    void recordReceipt(String caseNumber) {
        timeline.add(caseNumber, WAREHOUSE, "goods-received", "The parcel has arrived 已收到退货");
    }

    /** Who looks at what comes back: TECHNICIANS where it is to be repaired, else WAREHOUSE. */
    String checkedBy(String caseNumber) {
        return files.lock(caseNumber).kind().isDiagnosed() ? "TECHNICIANS" : "WAREHOUSE";
    }

    /** The way back is over; nothing of it is payable, and the unit stays the buyer's. */
    void handToTechnician(String caseNumber) {
        end(caseNumber);
        timeline.add(caseNumber, WAREHOUSE, "handed-to-technician", "Handed to a technician 已转交维修");
    }

    void expire(String caseNumber) {
        end(caseNumber);
        timeline.add(caseNumber, "deadline", "return-expired", "Nothing was sent in time 逾期未寄回，退货已过期");
    }

    void withdraw(String caseNumber) {
        end(caseNumber);
    }

    private void end(String caseNumber) {
        returns.end(caseNumber);
        deadlines.close(caseNumber, null);
    }

    private static String matching(String field, String value, Pattern pattern) {
        if (value == null || value.isBlank()) {
            throw Problem.missing(field);
        }
        if (!pattern.matcher(value.strip()).matches()) {
            throw Problem.invalid(field, "has characters or a length that such a name does not have");
        }
        return value.strip();
    }
}
