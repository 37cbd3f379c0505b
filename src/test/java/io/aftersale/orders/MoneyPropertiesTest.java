package io.aftersale.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What must hold of the money arithmetic for every order that anybody could tell us, not for examples only. */
class MoneyPropertiesTest {
    private static final long MOST = 100_000_000_000L;

    @Property
    void the_units_of_a_line_give_back_its_last_cent(
            @ForAll @LongRange(min = 0, max = MOST) long paid, @ForAll @IntRange(min = 1, max = 9_999) int quantity) {
        var line = line(paid, quantity);

        assertThat(IntStream.rangeClosed(1, quantity).mapToLong(line::shareOf).sum())
                .isEqualTo(paid);
    }

    @Property
    void no_unit_costs_more_than_a_cent_above_another_one_of_its_line(
            @ForAll @LongRange(min = 0, max = MOST) long paid, @ForAll @IntRange(min = 1, max = 500) int quantity) {
        var line = line(paid, quantity);

        var shares = IntStream.rangeClosed(1, quantity).mapToLong(line::shareOf).summaryStatistics();

        assertThat(shares.getMin()).isGreaterThanOrEqualTo(0);
        assertThat(shares.getMax() - shares.getMin()).isLessThanOrEqualTo(1);
    }

    @Property
    void a_share_does_not_overflow_at_the_edge_of_what_a_long_holds(@ForAll @IntRange(min = 1, max = 9_999) int unit) {
        assertThat(line(Long.MAX_VALUE, 9_999).shareOf(unit))
                .isBetween(Long.MAX_VALUE / 9_999, Long.MAX_VALUE / 9_999 + 1);
    }

    @Property
    void a_refund_is_split_to_the_cent_and_no_tender_gives_more_than_it_has_left(@ForAll("wallets") Wallet wallet) {
        long before = wallet.left();
        long amount = wallet.fraction(before);

        var parts = wallet.refund(amount);

        assertThat(sum(parts)).isEqualTo(amount);
        assertThat(parts).allMatch(part -> part.amountMinor() > 0);
        assertThat(wallet.left()).isEqualTo(before - amount);
        wallet.assertWithinWhatWasPaid();
    }

    @Property
    void points_and_coupons_go_back_in_proportion_to_all_that_went_back(
            @ForAll("wallets") Wallet wallet,
            @ForAll @Size(min = 1, max = 12) List<@LongRange(max = 1_000) Long> steps) {
        for (long step : steps) {
            wallet.refund(wallet.left() * step / 1_000);
            if (wallet.moneyLeft() > 0) {
                wallet.assertInKindInProportion();
            }
        }
    }

    @Property
    void all_refunds_together_give_back_every_tender_in_full(
            @ForAll("wallets") Wallet wallet, @ForAll @Size(max = 12) List<@LongRange(max = 1_000) Long> steps) {
        for (long step : steps) {
            wallet.refund(wallet.left() * step / 1_000);
        }
        wallet.refund(wallet.left());

        assertThat(wallet.takenByTender()).isEqualTo(wallet.paidByTender());
    }

    @Property
    void cents_that_go_back_one_by_one_come_to_the_same_as_all_at_once(@ForAll("smallWallets") Wallet wallet) {
        for (long left = wallet.left(); left > 0; left--) {
            wallet.refund(1);
        }

        assertThat(wallet.takenByTender()).isEqualTo(wallet.paidByTender());
    }

    @Property
    void money_goes_back_to_the_card_before_the_wallet_before_the_balance(@ForAll("wallets") Wallet wallet) {
        wallet.refund(wallet.fraction(wallet.left()));

        var money = wallet.tenders.stream()
                .filter(tender -> !tender.method().isInKind())
                .sorted(Comparator.comparing(Tender::method))
                .toList();
        for (int i = 1; i < money.size(); i++) {
            boolean isEarlierEmptied = wallet.rest(money.get(i - 1)) == 0;
            assertThat(isEarlierEmptied || wallet.taken(money.get(i)) == 0)
                    .as("%s gives nothing while %s has money left: %s", money.get(i), money.get(i - 1), wallet.taken)
                    .isTrue();
        }
    }

    @Property
    void whatever_is_refunded_and_cancelled_in_any_order_stays_within_what_was_paid_and_can_be_given_back_in_full(
            @ForAll("wallets") Wallet wallet, @ForAll @Size(max = 20) List<@LongRange(max = 1_999) Long> steps) {
        var refunds = new ArrayList<List<TenderSplit.Part>>();
        for (long step : steps) {
            if (step >= 1_000 && !refunds.isEmpty()) {
                // A cancellation takes back one portion of a refund, as the provider refuses them one by one.
                var parts = refunds.get((int) (step % refunds.size()));
                if (!parts.isEmpty()) {
                    wallet.cancel(parts.remove((int) (step % parts.size())));
                }
            } else {
                long amount = wallet.left() * (step % 1_000) / 1_000;
                var parts = wallet.refund(amount);
                assertThat(sum(parts)).isEqualTo(amount);
                refunds.add(new ArrayList<>(parts));
            }
            wallet.assertWithinWhatWasPaid();
        }
        wallet.refund(wallet.left());

        assertThat(wallet.takenByTender()).isEqualTo(wallet.paidByTender());
    }

    @Property
    void more_than_the_tenders_have_left_is_never_split(
            @ForAll("wallets") Wallet wallet, @ForAll @LongRange(min = 1, max = MOST) long above) {
        wallet.refund(wallet.fraction(wallet.left()));

        assertThatThrownBy(() -> wallet.refund(wallet.left() + above)).isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<Wallet> wallets() {
        return wallets(MOST);
    }

    @Provide
    Arbitrary<Wallet> smallWallets() {
        return wallets(40);
    }

    private static Arbitrary<Wallet> wallets(long most) {
        var method = Arbitraries.of(TenderMethod.class);
        var amount = Arbitraries.longs().between(0, most);
        var tenders = Combinators.combine(method, amount)
                .as((how, much) -> new Tender("T", how, much))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(MoneyPropertiesTest::named);
        return Combinators.combine(tenders, Arbitraries.longs().between(0, 1_000))
                .as(Wallet::new);
    }

    private static List<Tender> named(List<Tender> tenders) {
        return IntStream.range(0, tenders.size())
                .mapToObj(i -> new Tender(
                        "T-" + i, tenders.get(i).method(), tenders.get(i).amountMinor()))
                .toList();
    }

    private static long sum(List<TenderSplit.Part> parts) {
        return parts.stream().mapToLong(TenderSplit.Part::amountMinor).sum();
    }

    private static OrderLine line(long paidMinor, int quantity) {
        return new OrderLine("1", "MUG-01", "马克杯", "home", GoodsClass.ORDINARY, false, quantity, paidMinor, 12);
    }

    /** The tenders of one order and what they gave back so far, as the ledger keeps it. */
    static final class Wallet {
        private final List<Tender> tenders;
        private final long perMille;
        private final Map<String, Long> taken = new HashMap<>();

        Wallet(List<Tender> tenders, long perMille) {
            this.tenders = tenders;
            this.perMille = perMille;
            tenders.forEach(tender -> taken.put(tender.tenderId(), 0L));
        }

        long fraction(long amount) {
            return Shares.cumulative(amount, perMille, 1_000);
        }

        List<TenderSplit.Part> refund(long amountMinor) {
            var used = tenders.stream()
                    .map(tender -> new TenderSplit.Used(tender, taken(tender)))
                    .toList();
            var parts = TenderSplit.split(used, amountMinor);
            parts.forEach(part -> taken.merge(part.tender().tenderId(), part.amountMinor(), Long::sum));
            return parts;
        }

        void cancel(TenderSplit.Part part) {
            taken.merge(part.tender().tenderId(), -part.amountMinor(), Long::sum);
        }

        long taken(Tender tender) {
            return taken.get(tender.tenderId());
        }

        long rest(Tender tender) {
            return tender.amountMinor() - taken(tender);
        }

        long left() {
            return tenders.stream().mapToLong(this::rest).sum();
        }

        long moneyLeft() {
            return tenders.stream()
                    .filter(tender -> !tender.method().isInKind())
                    .mapToLong(this::rest)
                    .sum();
        }

        Map<String, Long> takenByTender() {
            return taken;
        }

        Map<String, Long> paidByTender() {
            var paid = new HashMap<String, Long>();
            tenders.forEach(tender -> paid.put(tender.tenderId(), tender.amountMinor()));
            return paid;
        }

        void assertWithinWhatWasPaid() {
            assertThat(tenders).allSatisfy(tender -> assertThat(taken(tender)).isBetween(0L, tender.amountMinor()));
        }

        /** To the cent; of several tenders in kind, one may wait for a cent that another one took in the same refund. */
        void assertInKindInProportion() {
            long total = tenders.stream().mapToLong(Tender::amountMinor).sum();
            long gone = taken.values().stream().mapToLong(Long::longValue).sum();
            var inKind = tenders.stream()
                    .filter(tender -> tender.method().isInKind())
                    .toList();
            assertThat(inKind).allSatisfy(tender -> {
                long due = Shares.cumulative(tender.amountMinor(), gone, total);
                assertThat(taken(tender)).isBetween(due - inKind.size() + 1, due);
            });
        }

        @Override
        public String toString() {
            return tenders + " taken " + taken + " per mille " + perMille;
        }
    }
}
