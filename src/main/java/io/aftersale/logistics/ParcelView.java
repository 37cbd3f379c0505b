package io.aftersale.logistics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.cases.CaseFiles;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What the warehouse sees of a parcel that nobody knows: all of it as text, so that a form only has to show it. */
@Component
class ParcelView {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final Parcels parcels;
    private final Movements movements;
    private final List<ParcelWatcher> watchers;
    private final CaseFiles files;
    private final ObjectMapper json;
    private final ZoneId zone;

    ParcelView(
            Parcels parcels,
            Movements movements,
            List<ParcelWatcher> watchers,
            CaseFiles files,
            ObjectMapper json,
            @Value("${aftersale.zone}") ZoneId zone) {
        this.parcels = parcels;
        this.movements = movements;
        this.watchers = watchers;
        this.files = files;
        this.json = json;
        this.zone = zone;
    }

    /** The texts of the card in the task list; {@code caseNumber} is a field of the answer and stays empty until then. */
    Map<String, Object> card(String number, Instant dueAt) {
        var it = parcels.lock(number);
        String known = Objects.requireNonNullElse(it.trackingNumber(), it.authorization());
        return Map.of("parcelNumber", number, "reason", known, "dueTime", time(dueAt));
    }

    String sheet(String number, Instant dueAt) {
        var it = parcels.lock(number);
        var events = parcels.events(it);
        return write(Map.of(
                "number",
                number,
                "trackingNumber",
                Objects.toString(it.trackingNumber(), ""),
                "carrier",
                Objects.toString(it.carrier(), ""),
                "authorization",
                Objects.toString(it.authorization(), ""),
                "sentFor",
                sentFor(it.trackingNumber()),
                "cameFor",
                events.stream().findFirst().map(this::cameFor).orElse(""),
                "dueAt",
                time(dueAt),
                "events",
                events.stream()
                        .map(event -> Map.of("at", time(event.at()), "what", words(event.type())))
                        .toList(),
                "photos",
                events.stream()
                        .flatMap(event -> event.evidence().stream())
                        .map(id -> Map.of("id", id, "url", "/api/evidence/" + id))
                        .toList()));
    }

    /** The case for which we sent the parcel ourselves; it came back then. */
    private String sentFor(String trackingNumber) {
        return Optional.ofNullable(trackingNumber)
                .flatMap(movements::findParcel)
                .map(sent -> sent.caseNumber() + ", " + sent.purpose())
                .orElse("");
    }

    /** The case whose return had ended before the parcel came, and how that case stands. */
    private String cameFor(ParcelEvent event) {
        return watchers.stream()
                .flatMap(watcher -> watcher.caseOf(event).stream())
                .findFirst()
                .map(number -> number + ", " + files.lock(number).status())
                .orElse("");
    }

    private static String words(ParcelEvent.Type type) {
        return switch (type) {
            case PICKED_UP -> "Picked up 已揽收";
            case IN_TRANSIT -> "In transit 运输中";
            case DELIVERED -> "Delivered 已送达";
            case RECEIVED -> "In the warehouse 已到仓";
        };
    }

    private String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    private String write(Object view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Plain texts can be written", impossible);
        }
    }
}
