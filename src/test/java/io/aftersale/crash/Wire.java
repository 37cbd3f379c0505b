package io.aftersale.crash;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The line between one node and those outside, byte for byte. It can be set to kill the node when a request is under
 * way, or when its answer is; what was sent arrives outside all the same.
 */
class Wire implements Closeable {
    private final ServerSocket door;
    private final int target;
    private final AtomicReference<Snare> set = new AtomicReference<>();

    private record Snare(Set<Point> points, Consumer<Point> kill) {}

    /** One connection: what its last request was for. */
    private static final class Line {
        private volatile String request = "";
    }

    Wire(int target) {
        this.target = target;
        try {
            door = new ServerSocket(0, 64, InetAddress.getByName("127.0.0.1"));
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
        thread(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** @param kill is called once, with the first of the points that is reached */
    void set(Set<Point> points, Consumer<Point> kill) {
        set.set(new Snare(points, kill));
    }

    /** From now on it does nothing but carry. */
    void clear() {
        set.set(null);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var node = door.accept();
                var outside = new Socket(InetAddress.getByName("127.0.0.1"), target);
                node.setTcpNoDelay(true);
                outside.setTcpNoDelay(true);
                var line = new Line();
                thread(() -> carry(node, outside, line, true));
                thread(() -> carry(outside, node, line, false));
            } catch (IOException closed) {
                // The door is closed, or the node went away before it was let in.
            }
        }
    }

    private void carry(Socket from, Socket to, Line line, boolean isFromNode) {
        byte[] bytes = new byte[16_384];
        try (from;
                to) {
            for (int read = from.getInputStream().read(bytes);
                    read >= 0;
                    read = from.getInputStream().read(bytes)) {
                if (isFromNode) {
                    look(bytes, read, line);
                } else {
                    strike(line.request, Point.Edge.ANSWERED);
                }
                to.getOutputStream().write(bytes, 0, read);
            }
        } catch (IOException gone) {
            // One side has gone; closing tells the other.
        }
    }

    private void look(byte[] bytes, int length, Line line) {
        String begin = new String(bytes, 0, Math.min(length, 60), StandardCharsets.ISO_8859_1);
        if (begin.startsWith("POST ") || begin.startsWith("PUT ") || begin.startsWith("GET ")) {
            line.request = begin;
            strike(begin, Point.Edge.SENT);
        }
    }

    private void strike(String request, Point.Edge edge) {
        var snare = set.get();
        if (snare != null) {
            snare.points().stream()
                    .filter(point -> point.isAt(edge, request, ""))
                    .findFirst()
                    .filter(point -> set.compareAndSet(snare, null))
                    .ifPresent(snare.kill());
        }
    }

    private static void thread(Runnable work) {
        var thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
