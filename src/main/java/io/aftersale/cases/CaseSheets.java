package io.aftersale.cases;

import io.aftersale.access.CardVault;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Puts together what a shop may see of a case. Internal remarks are not part of it. */
@Component
class CaseSheets {
    private final Cases cases;
    private final Rulings rulings;
    private final Wishes wishes;
    private final CaseLines lines;
    private final Audits audits;
    private final Deadlines deadlines;
    private final Timeline timeline;
    private final Evidence evidence;
    private final CardVault cards;
    private final ObjectProvider<PayoutsOfCase> payouts;
    private final ObjectProvider<GoodsOfCase> goods;
    private final ObjectProvider<ParcelsToBuyer> parcelsToBuyer;
    private final ObjectProvider<InvitationOfCase> invitations;
    private final ObjectProvider<RepairOfCase> repairs;
    private final ObjectProvider<ReplacementOfCase> replacements;
    private final ZoneId zone;

    CaseSheets(
            Cases cases,
            Rulings rulings,
            Wishes wishes,
            CaseLines lines,
            Audits audits,
            Deadlines deadlines,
            Timeline timeline,
            Evidence evidence,
            CardVault cards,
            ObjectProvider<PayoutsOfCase> payouts,
            ObjectProvider<GoodsOfCase> goods,
            ObjectProvider<ParcelsToBuyer> parcelsToBuyer,
            ObjectProvider<InvitationOfCase> invitations,
            ObjectProvider<RepairOfCase> repairs,
            ObjectProvider<ReplacementOfCase> replacements,
            @Value("${aftersale.zone}") ZoneId zone) {
        this.cases = cases;
        this.rulings = rulings;
        this.wishes = wishes;
        this.lines = lines;
        this.audits = audits;
        this.deadlines = deadlines;
        this.timeline = timeline;
        this.evidence = evidence;
        this.cards = cards;
        this.payouts = payouts;
        this.goods = goods;
        this.parcelsToBuyer = parcelsToBuyer;
        this.invitations = invitations;
        this.repairs = repairs;
        this.replacements = replacements;
        this.zone = zone;
    }

    CaseSheet of(String number) {
        return of(cases.find(number).orElseThrow(() -> BuyerDesk.notFound(number)));
    }

    CaseSheet of(Case it) {
        String number = it.number();
        var decisions = audits.of(number);
        var freight = rulings.freight(number);
        var counted = new HashMap<String, GoodsOfCase.Counted>();
        goods.forEach(room -> counted.putAll(room.counted(number)));
        return new CaseSheet(
                number,
                it.kind(),
                it.convertedTo(),
                it.status(),
                it.orderId(),
                it.buyerId(),
                it.merchantId(),
                it.currency(),
                it.reason(),
                it.description(),
                it.applicationNo(),
                local(it.appliedAt()),
                local(it.closedAt()),
                lines.of(number).stream()
                        .map(line -> line(line, counted.get(line.lineId())))
                        .toList(),
                it.requestedMinor(),
                it.refundableMinor(),
                it.shippingMinor(),
                freight.out(),
                freight.back(),
                audits.approvedMinor(number).orElse(null),
                it.paidMinor(),
                it.outcome(),
                rulings.verdict(number).orElse(null),
                rulings.of(number).stream()
                        .map(said -> new CaseSheet.Said(
                                local(said.at()), said.table(), said.version(), said.rule(), said.lineId()))
                        .toList(),
                rejection(decisions),
                liability(decisions),
                new CaseSheet.PayToView(
                        it.payToMethod(),
                        it.cardToken() == null
                                ? null
                                : cards.find(it.merchantId(), it.cardToken()).masked()),
                wishes.of(number).address(),
                evidence.of(number).stream().map(EvidenceView::id).toList(),
                deadlines.find(number).stream()
                        .map(open -> new CaseSheet.Next(
                                open.owner(), open.action(), local(open.dueAt()), open.consequence(), open.rule()))
                        .toList(),
                goods.stream()
                        .flatMap(room -> room.parcel(number).stream())
                        .findFirst()
                        .map(this::parcel)
                        .orElse(null),
                parcelsToBuyer.stream()
                        .flatMap(room -> room.sent(number).stream())
                        .map(this::sent)
                        .toList(),
                it.kind() != Kind.REPAIR
                        ? null
                        : repairs.stream()
                                .flatMap(room -> room.repair(number).stream())
                                .findFirst()
                                .orElse(null),
                replacements.stream()
                        .flatMap(room -> room.of(number).stream())
                        .findFirst()
                        .map(this::replacement)
                        .orElse(null),
                payouts.stream().flatMap(room -> room.of(number).stream()).toList(),
                invitations.stream()
                        .flatMap(room -> room.of(number).stream())
                        .findFirst()
                        .map(invited -> invitation(invited, number))
                        .orElse(null),
                timeline.of(number).stream()
                        .map(entry ->
                                new CaseSheet.Event(local(entry.at()), entry.actor(), entry.event(), entry.text()))
                        .toList());
    }

    private CaseSheet.InvitationView invitation(InvitationOfCase.Invited invited, String number) {
        return new CaseSheet.InvitationView(
                local(invited.offeredAt()),
                lines.of(number).stream().map(CaseLine::lineId).toList(),
                invited.satisfaction(),
                local(invited.answeredAt()),
                invited.feedback());
    }

    private static CaseSheet.Line line(CaseLine line, GoodsOfCase.Counted counted) {
        return new CaseSheet.Line(
                line.lineId(),
                line.quantity(),
                line.refundableMinor(),
                line.verdict(),
                counted == null ? null : counted.received(),
                counted == null ? null : counted.accepted());
    }

    private CaseSheet.ParcelView parcel(GoodsOfCase.Parcel parcel) {
        return new CaseSheet.ParcelView(
                parcel.authorization(),
                parcel.address(),
                parcel.carrier(),
                parcel.trackingNumber(),
                local(parcel.shippedAt()),
                local(parcel.receivedAt()),
                parcel.offeredMinor(),
                parcel.lastSeen(),
                local(parcel.lastSeenAt()));
    }

    private CaseSheet.SentParcel sent(ParcelsToBuyer.Sent parcel) {
        return new CaseSheet.SentParcel(
                parcel.purpose(),
                parcel.lineId(),
                parcel.quantity(),
                parcel.trackingNumber(),
                local(parcel.sentAt()),
                parcel.lastSeen(),
                local(parcel.lastSeenAt()));
    }

    private CaseSheet.ReplacementView replacement(ReplacementOfCase.Replacement it) {
        return new CaseSheet.ReplacementView(
                it.sku(),
                it.quantity(),
                it.lineIds(),
                it.stock(),
                it.priceMinor(),
                it.creditMinor(),
                it.differenceMinor(),
                it.paymentReference(),
                it.trackingNumber(),
                local(it.shippedAt()),
                local(it.deliveredAt()));
    }

    CasePreview preview(Application application, CaseDesk.Preview preview) {
        var assessed = preview.assessed();
        var freight = Freight.of(assessed.shippingRule().ruling().outputs());
        var deadlinesOfKind = stages(application.kind()).stream()
                .map(stage -> {
                    var due = deadlines.due(application.kind(), stage, 1).times();
                    return new CasePreview.Deadline(stage, local(due.dueAt()), due.consequence());
                })
                .toList();
        return new CasePreview(
                application.kind(),
                application.orderId(),
                assessed.order().currency(),
                application.quantities().entrySet().stream()
                        .map(line -> line(line, preview))
                        .toList(),
                assessed.shippingMinor(),
                assessed.refundableMinor(),
                assessed.requestedMinor(),
                differenceMinor(application, assessed),
                freight.out(),
                freight.back(),
                preview.judged().verdict(),
                deadlinesOfKind);
    }

    /** What an exchange would cost on top, or give back below 0, if all of it were accepted; null for other kinds. */
    private static Long differenceMinor(Application application, CaseDesk.Assessed assessed) {
        if (application.kind() != Kind.EXCHANGE) {
            return null;
        }
        Long price = application.wish().priceMinor();
        long goods = assessed.requestedMinor() - assessed.shippingMinor();
        return price == null
                ? assessed.refundableMinor() - assessed.requestedMinor()
                : Math.multiplyExact(price, (long) assessed.units().size()) - goods;
    }

    private static List<String> stages(Kind kind) {
        var all = new ArrayList<>(List.of("audit", "evidence", "objection"));
        switch (kind) {
            case RETURN -> all.addAll(List.of("shipment", "receipt", "inspection", "offer"));
            case EXCHANGE ->
                all.addAll(List.of("shipment", "receipt", "inspection", "offer", "stock", "difference", "replacement"));
            case REPAIR -> all.addAll(List.of("shipment", "receipt", "diagnosis", "quote", "repair", "replacement"));
            default -> all.addAll(List.of());
        }
        return all;
    }

    private static CasePreview.Line line(Map.Entry<String, Integer> line, CaseDesk.Preview preview) {
        long refundable = preview.assessed().units().stream()
                .filter(unit -> unit.lineId().equals(line.getKey()))
                .mapToLong(unit -> unit.restMinor())
                .sum();
        return new CasePreview.Line(
                line.getKey(),
                line.getValue(),
                refundable,
                preview.judged().verdictByLine().get(line.getKey()));
    }

    private CaseSheet.Rejection rejection(List<Audits.Decision> decisions) {
        return decisions.isEmpty()
                        || !decisions.get(decisions.size() - 1).decision().matches("REJECT|UPHOLD")
                ? null
                : decisions.stream()
                        .filter(made -> made.decision().equals("REJECT"))
                        .reduce((first, second) -> second)
                        .map(made -> new CaseSheet.Rejection(made.reasonCode(), made.by(), local(made.at())))
                        .orElse(null);
    }

    private static CaseSheet.Liability liability(List<Audits.Decision> decisions) {
        return decisions.stream()
                .filter(made -> made.liability() != null)
                .reduce((first, second) -> second)
                .map(made -> {
                    String[] parts = made.liability().split("/");
                    return new CaseSheet.Liability(
                            Integer.parseInt(parts[0]),
                            Integer.parseInt(parts[1]),
                            Integer.parseInt(parts[2]),
                            Integer.parseInt(parts[3]));
                })
                .orElse(null);
    }

    private OffsetDateTime local(Instant instant) {
        return instant == null ? null : instant.atZone(zone).toOffsetDateTime();
    }
}
