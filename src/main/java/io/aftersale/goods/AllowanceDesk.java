package io.aftersale.goods;

import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.CaseForms;
import io.aftersale.cases.Conversion;
import io.aftersale.cases.ConversionsOfKind;
import io.aftersale.cases.Deadlines;
import io.aftersale.cases.Kind;
import io.aftersale.cases.Payables;
import io.aftersale.cases.Timeline;
import io.aftersale.engine.Rules;
import io.aftersale.engine.Ruling;
import io.aftersale.orders.Component;
import io.aftersale.orders.OrderBook;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Service;

/**
 * The buyer of an approved return keeps the goods and gets a part of the money: how much is the word of the table
 * {@code allowance}, whether is the buyer's. Open until something is sent. It pays nothing itself, and the units stay the
 * buyer's: a later case may ask for the rest of their price.
 */
@Service
class AllowanceDesk implements ConversionsOfKind {
    private final ReturnAuthorizations returns;
    private final GoodsProcess process;
    private final CaseFiles files;
    private final Payables payables;
    private final OrderBook orders;
    private final Deadlines deadlines;
    private final Timeline timeline;
    private final Rules rules;

    AllowanceDesk(
            ReturnAuthorizations returns,
            GoodsProcess process,
            CaseFiles files,
            Payables payables,
            OrderBook orders,
            Deadlines deadlines,
            Timeline timeline,
            Rules rules) {
        this.returns = returns;
        this.process = process;
        this.files = files;
        this.payables = payables;
        this.orders = orders;
        this.deadlines = deadlines;
        this.timeline = timeline;
        this.rules = rules;
    }

    private record Offer(Map<String, Object> inputs, Ruling ruling, List<Component> parts) {
        long sum() {
            return Assessor.sum(parts);
        }
    }

    @Override
    public Kind kind() {
        return Kind.RETURN;
    }

    @Override
    public Set<Conversion> openConversions(CaseFile file) {
        boolean isWaiting = returns.find(file.number())
                .filter(it -> it.shippedAt() == null && it.endedAt() == null)
                .isPresent();
        return isWaiting && offer(file).sum() > 0 ? Set.of(Conversion.ALLOWANCE) : Set.of();
    }

    @Override
    public boolean convert(CaseFile file, Conversion to) {
        return process.tellAllowanceAgreed(file.number());
    }

    /** Fixes what is payable, and takes the permission to send back. */
    void record(String caseNumber) {
        CaseFile file = files.lock(caseNumber);
        Offer offer = offer(file);
        files.keep(caseNumber, null, offer.inputs(), offer.ruling());
        payables.fix(caseNumber, offer.parts());
        returns.end(caseNumber);
        deadlines.close(caseNumber, null);
        timeline.add(
                caseNumber,
                "rules",
                "allowance-agreed",
                "The goods stay with you 商品留用，补偿: " + CaseForms.money(offer.sum(), file.currency()));
    }

    private Offer offer(CaseFile file) {
        var approved = payables.approved(file.number()).stream()
                .filter(part -> !part.isShipping())
                .toList();
        var order = orders.find(file.merchantId(), file.orderId());
        var classes = file.lineIds().stream()
                .map(lineId -> order.requireLine(lineId).goodsClass().name())
                .distinct()
                .toList();
        var inputs = new HashMap<String, Object>();
        inputs.put("basis", file.basis());
        inputs.put("goodsClass", classes.size() == 1 ? classes.get(0) : null);
        inputs.put("amountMinor", Assessor.sum(approved));
        var ruling = rules.ask("allowance", inputs);
        long perMille = Math.min(1000, Math.max(0, ruling.number("allowancePerMille", 0)));
        var parts = approved.stream()
                .map(part ->
                        Component.unit(part.lineId(), part.unitNo(), Assessor.deduction(part.amountMinor(), perMille)))
                .filter(part -> part.amountMinor() > 0)
                .toList();
        return new Offer(inputs, ruling, parts);
    }
}
