package io.aftersale.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersale.orders.Component;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** What must hold whenever an approved amount is spread over the units of a case and its shipping. */
class SpreadPropertiesTest {
    private static final long MOST = 100_000_000_000L;

    record Refundable(List<CaseUnit> units, long shippingMinor) {
        long totalMinor() {
            return units.stream().mapToLong(CaseUnit::refundableMinor).sum() + shippingMinor;
        }
    }

    @Property
    void an_approved_amount_is_spread_to_the_cent(
            @ForAll("refundables") Refundable what, @ForAll @LongRange(min = 0, max = 1_000) long perMille) {
        long amount = what.totalMinor() * perMille / 1_000;

        var components = Payables.spread(amount, what.units(), what.shippingMinor());

        assertThat(components.stream().mapToLong(Component::amountMinor).sum()).isEqualTo(amount);
        assertThat(components).allMatch(component -> component.amountMinor() > 0);
    }

    @Property
    void no_unit_and_no_shipping_gives_back_more_than_it_can(
            @ForAll("refundables") Refundable what, @ForAll @LongRange(min = 0, max = 1_000) long perMille) {
        var components = Payables.spread(what.totalMinor() * perMille / 1_000, what.units(), what.shippingMinor());

        assertThat(components)
                .allSatisfy(component -> assertThat(component.amountMinor()).isLessThanOrEqualTo(cap(what, component)));
        assertThat(components).doesNotHaveDuplicates();
    }

    @Property
    void what_an_audit_cut_stays_with_the_shipping_and_the_last_units(
            @ForAll("refundables") Refundable what, @ForAll @LongRange(min = 0, max = 1_000) long perMille) {
        long amount = what.totalMinor() * perMille / 1_000;

        var components = Payables.spread(amount, what.units(), what.shippingMinor());

        long left = amount;
        for (CaseUnit unit : what.units()) {
            long given = components.stream()
                    .filter(component -> !component.isShipping() && component.unitNo() == unit.unitNo())
                    .mapToLong(Component::amountMinor)
                    .sum();
            assertThat(given).isEqualTo(Math.min(left, unit.refundableMinor()));
            left -= given;
        }
    }

    @Property
    void more_than_units_and_shipping_can_give_back_is_never_spread(
            @ForAll("refundables") Refundable what, @ForAll @LongRange(min = 1, max = MOST) long above) {
        assertThatThrownBy(() -> Payables.spread(what.totalMinor() + above, what.units(), what.shippingMinor()))
                .isInstanceOf(IllegalStateException.class);
    }

    private static long cap(Refundable what, Component component) {
        return component.isShipping()
                ? what.shippingMinor()
                : what.units().stream()
                        .filter(unit -> unit.unitNo() == component.unitNo())
                        .mapToLong(CaseUnit::refundableMinor)
                        .sum();
    }

    @Provide
    Arbitrary<Refundable> refundables() {
        var amount = Arbitraries.longs().between(0, MOST);
        var units = amount.list()
                .ofMaxSize(12)
                .map(amounts -> IntStream.range(0, amounts.size())
                        .mapToObj(i -> new CaseUnit("1", i + 1, amounts.get(i), false, null))
                        .toList());
        return Combinators.combine(units, amount).as(Refundable::new);
    }
}
