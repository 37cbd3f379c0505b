package io.aftersale.payouts;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A provider in memory that books each key once and does, at each call, what a test asked for next; without a wish it
 * settles. Knows how often it was called.
 */
final class FakeProvider implements PaymentGateway {
    /** We die here, as by SIGKILL: nothing of ours runs any more. */
    static final class Killed extends Error {
        Killed() {
            super("killed");
        }
    }

    private final Map<String, Answer> book = new ConcurrentHashMap<>();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Function<RefundOrder, Answer>> wishes = new ArrayDeque<>();
    volatile Runnable whileWaiting = () -> {};

    /** What the next call of any sort does. */
    FakeProvider next(Function<RefundOrder, Answer> wish) {
        wishes.add(wish);
        return this;
    }

    FakeProvider next(Answer answer) {
        return next(order -> answer);
    }

    FakeProvider nextBooksAnd(Answer answer) {
        return next(order -> {
            settles(order);
            return answer;
        });
    }

    FakeProvider nextKillsUs() {
        return next(order -> {
            throw new Killed();
        });
    }

    FakeProvider nextBooksAndKillsUs() {
        return next(order -> {
            settles(order);
            throw new Killed();
        });
    }

    List<String> calls() {
        return List.copyOf(calls);
    }

    long sends() {
        return calls().stream().filter("refund"::equals).count();
    }

    @Override
    public Answer refund(RefundOrder order) {
        return answer("refund", order, this::settles);
    }

    @Override
    public Answer query(RefundOrder order) {
        return answer("query", order, asked -> book.getOrDefault(asked.payoutId(), new Answer.NotBooked()));
    }

    @Override
    public Answer stop(RefundOrder order) {
        return answer("stop", order, asked -> book.getOrDefault(asked.payoutId(), new Answer.Stopped()));
    }

    private Answer settles(RefundOrder order) {
        return book.computeIfAbsent(order.payoutId(), key -> new Answer.Settled("RF-" + key));
    }

    private Answer answer(String call, RefundOrder order, Function<RefundOrder, Answer> otherwise) {
        calls.add(call);
        whileWaiting.run();
        Function<RefundOrder, Answer> wish;
        synchronized (wishes) {
            wish = wishes.poll();
        }
        return wish == null ? otherwise.apply(order) : wish.apply(order);
    }
}
