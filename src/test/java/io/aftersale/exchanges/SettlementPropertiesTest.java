package io.aftersale.exchanges;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.orders.Component;
import io.aftersale.orders.UnitShare;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever comes back and whatever is wanted: no cent appears or disappears. */
class SettlementPropertiesTest {
    record CameBack(List<UnitShare> units, List<Component> payable, Long price) {}

    @Property
    void what_is_payable_goes_over_or_is_paid_out(@ForAll("exchanges") CameBack it) {
        var settled = Settlement.of(it.units(), it.payable(), it.price());
        assertThat(sum(settled.carried()) + sum(settled.paidOut())).isEqualTo(settled.creditMinor());
        assertThat(settled.creditMinor()).isEqualTo(sum(it.payable()));
        for (Component part : it.payable()) {
            assertThat(of(settled.carried(), part) + of(settled.paidOut(), part))
                    .as(part.toString())
                    .isEqualTo(part.amountMinor());
        }
    }

    @Property
    void the_price_is_what_went_over_and_what_is_owed(@ForAll("exchanges") CameBack it) {
        var settled = Settlement.of(it.units(), it.payable(), it.price());
        assertThat(sum(settled.carried()) + Math.max(0, settled.differenceMinor()))
                .isEqualTo(settled.priceMinor());
        assertThat(sum(settled.paidOut())).isEqualTo(Math.max(0, -settled.differenceMinor()));
        assertThat(settled.outcome())
                .isEqualTo(
                        settled.differenceMinor() > 0
                                ? Outcome.DEARER
                                : settled.differenceMinor() < 0 ? Outcome.CHEAPER : Outcome.EVEN);
    }

    @Property
    void without_a_price_nothing_is_ever_paid_out(@ForAll("exchanges") CameBack it) {
        var settled = Settlement.of(it.units(), it.payable(), null);
        assertThat(settled.paidOut()).isEmpty();
        assertThat(settled.differenceMinor()).isNotNegative();
    }

    @Provide
    Arbitrary<CameBack> exchanges() {
        Arbitrary<long[]> unit = Combinators.combine(
                        Arbitraries.longs().between(0, 10_000),
                        Arbitraries.longs().between(0, 1_000),
                        Arbitraries.longs().between(0, 1_000))
                .as((share, taken, cut) -> new long[] {share, taken, cut});
        Arbitrary<Long> price = Arbitraries.longs().between(0, 12_000).injectNull(0.3);
        return Combinators.combine(unit.list().ofMinSize(1).ofMaxSize(6), price).as((units, wanted) -> {
            var shares = new ArrayList<UnitShare>();
            var payable = new ArrayList<Component>();
            for (int i = 0; i < units.size(); i++) {
                long share = units.get(i)[0];
                long taken = share * units.get(i)[1] / 1_000;
                long worth = (share - taken) - (share - taken) * units.get(i)[2] / 1_000;
                shares.add(new UnitShare("1", i + 1, share, taken));
                if (worth > 0) {
                    payable.add(Component.unit("1", i + 1, worth));
                }
            }
            return new CameBack(shares, payable, wanted);
        });
    }

    private static long of(List<Component> parts, Component like) {
        return parts.stream()
                .filter(part -> part.isSameAs(like))
                .mapToLong(Component::amountMinor)
                .sum();
    }

    private static long sum(List<Component> parts) {
        return parts.stream().mapToLong(Component::amountMinor).sum();
    }
}
