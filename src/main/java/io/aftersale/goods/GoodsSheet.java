package io.aftersale.goods;

import io.aftersale.cases.GoodsOfCase;
import io.aftersale.logistics.Parcels;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Shows the parcel of a case and what was counted of it on the case sheet. */
@Component
class GoodsSheet implements GoodsOfCase {
    private final ReturnAuthorizations returns;
    private final GoodsLines lines;
    private final Parcels parcels;

    GoodsSheet(ReturnAuthorizations returns, GoodsLines lines, Parcels parcels) {
        this.returns = returns;
        this.lines = lines;
        this.parcels = parcels;
    }

    @Override
    public Optional<Parcel> parcel(String caseNumber) {
        return returns.find(caseNumber).map(this::shown);
    }

    private Parcel shown(ReturnAuthorization it) {
        var seen = Optional.ofNullable(it.trackingNumber()).flatMap(parcels::lastSeen);
        return new Parcel(
                it.number(),
                it.address(),
                it.carrier(),
                it.trackingNumber(),
                it.shippedAt(),
                it.receivedAt(),
                it.offeredMinor(),
                seen.map(last -> last.type().name()).orElse(null),
                seen.map(Parcels.Sighting::at).orElse(null));
    }

    @Override
    public Map<String, Counted> counted(String caseNumber) {
        return lines.of(caseNumber).stream()
                .collect(Collectors.toMap(GoodsLine::lineId, line -> new Counted(line.received(), line.accepted())));
    }
}
