package io.aftersale.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The provider's memory: one line of JSON for each change, on disk before anybody is told, so that it outlives us as a
 * real provider's does. A last line without its end was never told to anybody and is dropped.
 */
class Book {
    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    private final FileChannel file;
    private final Map<String, Refund> refunds = new LinkedHashMap<>();
    private final Set<String> toldEvents = new HashSet<>();

    Book(Path path) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            load(path);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The sandbox cannot open its book " + path, unreadable);
        }
    }

    private void load(Path path) throws IOException {
        byte[] content = Files.readAllBytes(path);
        int end = content.length;
        while (end > 0 && content[end - 1] != '\n') {
            end--;
        }
        for (String line :
                new String(content, 0, end, StandardCharsets.UTF_8).lines().toList()) {
            JsonNode entry = JSON.readTree(line);
            if (entry.has("told")) {
                toldEvents.add(entry.get("told").textValue());
            } else {
                Refund refund = JSON.treeToValue(entry, Refund.class);
                refunds.put(refund.key(), refund);
            }
        }
        file.truncate(end);
        file.position(end);
    }

    synchronized Optional<Refund> find(String key) {
        return Optional.ofNullable(refunds.get(key));
    }

    synchronized Collection<Refund> all() {
        return List.copyOf(refunds.values());
    }

    synchronized int size() {
        return refunds.size();
    }

    /** Writes down a new refund or a new state of one. */
    synchronized void keep(Refund refund) {
        append(refund);
        refunds.put(refund.key(), refund);
    }

    synchronized boolean isTold(String eventId) {
        return toldEvents.contains(eventId);
    }

    synchronized void keepTold(String eventId) {
        append(Map.of("told", eventId));
        toldEvents.add(eventId);
    }

    private void append(Object line) {
        try {
            var bytes = ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
        } catch (IOException full) {
            throw new UncheckedIOException("The sandbox cannot write its book", full);
        }
    }

    synchronized void close() {
        try {
            file.close();
        } catch (IOException ignored) {
            // Every line is on disk already; there is nothing left to save.
        }
    }
}
