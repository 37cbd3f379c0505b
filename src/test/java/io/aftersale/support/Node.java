package io.aftersale.support;

import io.aftersale.AfterSaleApplication;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The application in a process of its own, started as an operator does, with its settings in the environment. It can be
 * killed as a power cut would.
 */
public final class Node {
    private final Process process;
    private final Path printed;
    private Http door;

    private Node(Process process, Path printed) {
        this.process = process;
        this.printed = printed;
    }

    /** @param printed the file that takes what it prints */
    public static Node start(Map<String, String> settings, Path printed) {
        return start(settings, printed, List.of("-cp", classPath()));
    }

    /** @param java what the JVM is told, the class path included */
    public static Node start(Map<String, String> settings, Path printed, List<String> java) {
        var command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java", "-Duser.timezone=UTC", "-XX:TieredStopAtLevel=1"));
        command.addAll(java);
        command.add(AfterSaleApplication.class.getName());
        var start = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(printed.toFile()));
        start.environment().putAll(settings);
        try {
            return new Node(start.start(), printed);
        } catch (IOException unstartable) {
            throw new UncheckedIOException(unstartable);
        }
    }

    /** That of the tests without the tests, and without the current folder that an empty entry would stand for. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty() && !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** That of a node that has ended. */
    public int exitCode() {
        return process.exitValue();
    }

    /** SIGTERM: it ends in order, and its JVM may have much to write before. */
    public int stop() {
        process.destroy();
        return awaitEnd(300);
    }

    public boolean isReadyAt(int port) {
        if (!process.isAlive()) {
            throw new AssertionError("The application ended by itself:\n" + printed());
        }
        if (door == null) {
            door = Http.stranger(port);
        }
        try {
            return door.get("/actuator/health/readiness").status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    /** Waits for an end that comes by itself, and gives its exit code. */
    public int awaitEnd() {
        return awaitEnd(60);
    }

    private int awaitEnd(long seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new AssertionError("The application goes on:\n" + printed());
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } finally {
            kill();
        }
    }

    /** SIGKILL: nothing of it gets to run any more. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    public String printed() {
        try {
            return Files.readString(printed);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
