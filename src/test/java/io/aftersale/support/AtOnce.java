package io.aftersale.support;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Lets several callers do something at the same moment and gathers what each of them got. */
public final class AtOnce {
    private static final int MOST_SECONDS = 240;

    private AtOnce() {}

    /** @param work what caller number i (from 0) does; it returns what it got, also when it was refused */
    public static <T> List<T> run(int callers, IntFunction<T> work) {
        List<Callable<T>> each = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            int number = i;
            each.add(() -> work.apply(number));
        }
        return run(each);
    }

    public static <T> List<T> run(List<Callable<T>> each) {
        var threads = Executors.newFixedThreadPool(each.size());
        var ready = new CountDownLatch(each.size());
        try {
            List<Future<T>> running = each.stream()
                    .map(work -> threads.submit(() -> {
                        ready.countDown();
                        ready.await();
                        return work.call();
                    }))
                    .toList();
            var got = new ArrayList<T>();
            for (Future<T> one : running) {
                got.add(one.get(MOST_SECONDS, TimeUnit.SECONDS));
            }
            return got;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause().getMessage(), failed.getCause());
        } catch (TimeoutException failed) {
            throw new AssertionError("A caller got no answer", failed);
        } finally {
            threads.shutdownNow();
        }
    }
}
