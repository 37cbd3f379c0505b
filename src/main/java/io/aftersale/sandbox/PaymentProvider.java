package io.aftersale.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The payment provider's desk: books each refund once under its sender's key, decides pending ones after a while, and
 * has the shop's side told. Honest in its book whatever mishap was asked for.
 */
class PaymentProvider {
    private final Book book;
    private final Callbacks callbacks;
    private final ScheduledExecutorService worker;
    private final Duration settleAfter;
    private final Map<String, Integer> sends = new ConcurrentHashMap<>();
    private final Set<String> unreachable = ConcurrentHashMap.newKeySet();

    PaymentProvider(Book book, Callbacks callbacks, ScheduledExecutorService worker, Duration settleAfter) {
        this.book = book;
        this.callbacks = callbacks;
        this.worker = worker;
        this.settleAfter = settleAfter;
    }

    /** Takes up what was pending, or decided but not yet told, when the sandbox last stopped. */
    void resume() {
        for (Refund refund : book.all()) {
            if (!refund.isDecided()) {
                decideLater(refund);
            } else if (refund.revision() > 1 && !book.isTold(Callbacks.eventId(refund))) {
                tell(refund);
            }
        }
    }

    /** Counts a send of a key; true when nothing was ever heard of it before. */
    boolean isFirstSend(String key) {
        return sends.merge(key, 1, Integer::sum) == 1 && book.find(key).isEmpty();
    }

    /**
     * Books a refund, or repeats what was booked under this key.
     *
     * @return empty when the key belongs to another body
     */
    synchronized Optional<Refund> refund(
            String key, RefundRequest request, String fingerprint, boolean isFirstSend, Instant now) {
        var known = book.find(key);
        if (known.isPresent()) {
            Refund refund = known.get();
            if (refund.status() == Refund.Status.CANCELLED) {
                return known;
            }
            if (!refund.fingerprint().equals(fingerprint)) {
                return Optional.empty();
            }
            if (refund.status() != Refund.Status.DECLINED) {
                return known;
            }
            return Optional.of(keep(refund.become(
                    request.mishap().firstStatus(false), reason(request.mishap().firstStatus(false)), now)));
        }
        var status = request.mishap().firstStatus(isFirstSend);
        return Optional.of(keep(new Refund(
                "RF-%08d".formatted(book.size() + 1),
                key,
                1,
                status,
                request.mishap(),
                request.merchantId(),
                request.orderId(),
                request.tenderId(),
                request.tenderMethod(),
                request.paidTo(),
                request.amountMinor(),
                request.currency(),
                reason(status),
                fingerprint,
                now,
                now)));
    }

    /** From now on this key finds the provider down, whatever is asked about it. */
    void goDown(String key) {
        unreachable.add(key);
    }

    boolean isDown(String key) {
        return unreachable.contains(key);
    }

    Optional<Refund> find(String key) {
        return book.find(key);
    }

    /** Makes sure that nothing will ever be booked under this key; what is settled already stays settled. */
    synchronized Refund cancel(String key, Instant now) {
        var known = book.find(key);
        if (known.isEmpty()) {
            Refund tombstone = new Refund(
                    "RF-%08d".formatted(book.size() + 1),
                    key,
                    1,
                    Refund.Status.CANCELLED,
                    Mishap.NONE,
                    "-",
                    "-",
                    "-",
                    "-",
                    "-",
                    0,
                    "-",
                    "CANCELLED_BY_SENDER",
                    "-",
                    now,
                    now);
            book.keep(tombstone);
            return tombstone;
        }
        if (known.get().status() == Refund.Status.SETTLED || known.get().status() == Refund.Status.CANCELLED) {
            return known.get();
        }
        Refund cancelled = known.get().become(Refund.Status.CANCELLED, "CANCELLED_BY_SENDER", now);
        book.keep(cancelled);
        return cancelled;
    }

    /** Decides a pending refund now; empty when there is none under this key. */
    synchronized Optional<Refund> decide(String key, Refund.Status status, Instant now) {
        var known = book.find(key).filter(refund -> !refund.isDecided());
        known.map(refund -> refund.become(status, reason(status), now)).ifPresent(decided -> {
            book.keep(decided);
            tell(decided);
        });
        return known.flatMap(refund -> book.find(key));
    }

    private Refund keep(Refund refund) {
        book.keep(refund);
        if (refund.status() == Refund.Status.PENDING) {
            if (refund.mishap() == Mishap.EARLY) {
                Refund settled = refund.become(Refund.Status.SETTLED, null, Instant.now());
                book.keep(settled);
                if (!callbacks.tellNow(settled, Callbacks.eventId(settled))) {
                    callbacks.tell(settled, Callbacks.eventId(settled));
                }
            } else {
                decideLater(refund);
            }
        }
        return refund;
    }

    private void decideLater(Refund refund) {
        refund.mishap()
                .laterStatus()
                .ifPresent(status -> worker.schedule(
                        () -> decide(refund.key(), status, Instant.now()),
                        settleAfter.toMillis(),
                        TimeUnit.MILLISECONDS));
    }

    private void tell(Refund refund) {
        String eventId = Callbacks.eventId(refund);
        switch (refund.mishap()) {
            case SILENT -> {}
            case DOUBLE -> {
                callbacks.tell(refund, eventId);
                callbacks.tell(refund, eventId);
                callbacks.tell(refund, eventId + "-again");
            }
            case REORDERED -> {
                callbacks.tell(refund, eventId);
                callbacks.tell(refund.become(Refund.Status.PENDING, null, refund.bookedAt()), eventId + "-stale");
            }
            default -> callbacks.tell(refund, eventId);
        }
    }

    private static String reason(Refund.Status status) {
        return status == Refund.Status.DECLINED ? "ACCOUNT_CLOSED" : null;
    }
}
