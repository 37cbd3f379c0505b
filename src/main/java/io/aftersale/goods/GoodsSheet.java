package io.aftersale.goods;

import io.aftersale.cases.GoodsOfCase;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Shows the parcel of a case and what was counted of it on the case sheet. */
@Component
class GoodsSheet implements GoodsOfCase {
    private final ReturnAuthorizations returns;
    private final GoodsLines lines;

    GoodsSheet(ReturnAuthorizations returns, GoodsLines lines) {
        this.returns = returns;
        this.lines = lines;
    }

    @Override
    public Optional<Parcel> parcel(String caseNumber) {
        return returns.find(caseNumber)
                .map(it -> new Parcel(
                        it.number(),
                        it.address(),
                        it.carrier(),
                        it.trackingNumber(),
                        it.shippedAt(),
                        it.receivedAt(),
                        it.offeredMinor()));
    }

    @Override
    public Map<String, Counted> counted(String caseNumber) {
        return lines.of(caseNumber).stream()
                .collect(Collectors.toMap(GoodsLine::lineId, line -> new Counted(line.received(), line.accepted())));
    }
}
