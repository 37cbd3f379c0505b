package io.aftersale.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.UUID;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Gives the application under test a database and a sandbox provider of its own: a free port, a fresh book, and less
 * patience than in real life, so that silence is noticed within a test. The system property {@code test.database} says
 * which database, H2 where it is silent.
 */
public class Surroundings implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var database = Database.underTest().address();
        TestPropertyValues.of(
                        "spring.datasource.url=" + database.url(),
                        "spring.datasource.username=" + database.user(),
                        "spring.datasource.password=",
                        "aftersale.sandbox.port=" + freePort(),
                        "aftersale.sandbox.book=target/sandbox/" + UUID.randomUUID() + ".jsonl",
                        "aftersale.sandbox.settle-after=200ms",
                        "aftersale.sandbox.deliver-after=30m",
                        "aftersale.sandbox.hold=4s",
                        "aftersale.reviews.invite-every=PT24H",
                        "aftersale.payments.deadline=3s",
                        "aftersale.payments.connect-deadline=2s")
                .applyTo(context);
    }

    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
