package io.aftersale.crash;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The ports of all nodes; gives one after the other to who asks, as a load balancer would, and skips those that are shut. */
class Doors {
    private final List<Integer> ports;
    private final AtomicInteger turn = new AtomicInteger();

    Doors(List<Integer> ports) {
        this.ports = ports;
    }

    /** @return a port behind which somebody listens now; any when nobody does */
    int next() {
        int port = 0;
        for (int i = 0; i < ports.size(); i++) {
            port = ports.get(Math.floorMod(turn.getAndIncrement(), ports.size()));
            if (isOpen(port)) {
                return port;
            }
        }
        return port;
    }

    private static boolean isOpen(int port) {
        try (var socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            return socket.isConnected();
        } catch (IOException shut) {
            return false;
        }
    }
}
