package io.aftersale.logistics;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A warehouse and a carrier that book each id once, and that can kill whoever asks, before or after they have booked. */
class FakeDepot implements Warehouse, Carrier {
    final Map<String, String> booked = new ConcurrentHashMap<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<String> buyers = new CopyOnWriteArrayList<>();
    volatile Runnable whileWaiting = () -> {};
    volatile boolean isSilent;
    private volatile boolean isDeadlyBefore;
    private volatile boolean isDeadlyAfter;

    /** The end of the process that asked, at this very line. */
    static class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    void killsBeforeBooking() {
        isDeadlyBefore = true;
    }

    void killsAfterBooking() {
        isDeadlyAfter = true;
    }

    @Override
    public String putAway(Movement movement) {
        return book("put away ", movement);
    }

    @Override
    public Optional<String> findPutAway(Movement movement) {
        return find(movement);
    }

    @Override
    public String send(Movement movement, String buyerId) {
        buyers.add(buyerId);
        return book("send ", movement);
    }

    @Override
    public Optional<String> findSent(Movement movement) {
        return find(movement);
    }

    private String book(String call, Movement movement) {
        calls.add(call + movement.id());
        whileWaiting.run();
        if (isDeadlyBefore) {
            isDeadlyBefore = false;
            throw new Killed();
        }
        String reference = booked.computeIfAbsent(movement.id(), id -> "REF-" + id);
        if (isDeadlyAfter) {
            isDeadlyAfter = false;
            throw new Killed();
        }
        return reference;
    }

    private Optional<String> find(Movement movement) {
        calls.add("find " + movement.id());
        if (isSilent) {
            throw new OutsideTroubleException("no answer");
        }
        return Optional.ofNullable(booked.get(movement.id()));
    }
}
