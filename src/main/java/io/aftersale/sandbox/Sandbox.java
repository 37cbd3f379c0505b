package io.aftersale.sandbox;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stand-ins on one port of 127.0.0.1, with a bounded number of threads. Made once, started once, stopped once; it
 * needs no Spring, so that a test can run it outside of what it kills.
 */
public class Sandbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);
    private static final int THREADS = 16;
    private static final int WAITING = 256;

    private final Book book;
    private final PaymentProvider provider;
    private final ScheduledExecutorService worker = Executors.newScheduledThreadPool(2, Sandbox::thread);
    private final ThreadPoolExecutor doors;
    private final HttpServer server;

    Sandbox(SandboxSettings settings, Supplier<URI> callbackUrl) {
        // The JDK's server sends head and body apart; without this each answer would wait for the other side's ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        book = new Book(settings.book());
        var callbacks = new Callbacks(callbackUrl, settings.callbackSecret(), book, worker);
        provider = new PaymentProvider(book, callbacks, worker, settings.settleAfter());
        doors = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Sandbox::thread,
                new ThreadPoolExecutor.CallerRunsPolicy());
        try {
            server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getByName("127.0.0.1"), settings.port()), WAITING);
        } catch (IOException taken) {
            throw new UncheckedIOException(
                    "The sandbox cannot have port " + settings.port()
                            + " of 127.0.0.1; free it or set aftersale.sandbox.port to another one.",
                    taken);
        }
        server.setExecutor(doors);
        server.createContext("/", new PaymentDoor(provider, book, settings.token(), settings.hold(), worker));
        var round = new ParcelRound(
                new Messenger(to(callbackUrl, "carriers"), settings.carrierSecret(), worker),
                new Messenger(to(callbackUrl, "warehouse"), settings.warehouseSecret(), worker),
                settings.settleAfter(),
                settings.deliverAfter());
        var depot = new DepotDoor(settings.token(), settings.hold().toMillis(), worker, round);
        server.createContext("/stock", depot);
        server.createContext("/carrier", depot);
        server.createContext("/control/parcels", new ParcelDoor(round));
        var reservations = new ReservationDoor(settings.token(), settings.hold().toMillis(), worker);
        server.createContext("/stock/reservations", reservations);
        server.createContext("/stock/shelf", reservations);
    }

    /** The callbacks of all senders have one folder. */
    private static Supplier<URI> to(Supplier<URI> payments, String sender) {
        return () -> payments.get() == null ? null : payments.get().resolve(sender);
    }

    void start() {
        server.start();
        provider.resume();
        LOG.info("The sandbox provider listens on http://127.0.0.1:{}", port());
    }

    /** The port it really has. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        doors.shutdownNow();
        worker.shutdownNow();
        book.close();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "sandbox");
        thread.setDaemon(true);
        return thread;
    }
}
