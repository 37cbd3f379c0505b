package io.aftersale.logistics;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersale.callbacks.Callback;
import io.aftersale.callbacks.CallbackHandler;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the carrier's and the warehouse's events mean: {@code {eventId, trackingNumber, type, at}}, from the warehouse
 * also with an {@code authorization} in place of the tracking number, and pictures. One for each of the two senders.
 */
class ParcelNews implements CallbackHandler {
    static final String CARRIER = "carrier";
    static final String WAREHOUSE = "warehouse";
    /** What only we add to a fact, when somebody has found whose parcel it is. */
    private static final String CASE_NUMBER = "caseNumber";

    private static final Pattern TRACKING_NUMBER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{3,63}");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,39}");
    private static final Pattern AUTHORIZATION = Pattern.compile("[A-Z0-9-]{4,24}");
    /** The id under which we ordered a parcel. */
    private static final String ORDER = "order";

    private static final Pattern OUR_ORDER = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern EVIDENCE = Pattern.compile("EV-[0-9a-f]{32}");
    private static final int MOST_PICTURES = 9;
    private static final Duration MOST_AHEAD = Duration.ofDays(1);

    private final String sender;
    private final String secret;
    private final Set<String> types;
    private final ParcelDesk desk;

    /** @param types what this sender may tell; anything else is kept for people */
    ParcelNews(String sender, String secret, Set<String> types, ParcelDesk desk) {
        this.sender = sender;
        this.secret = secret;
        this.types = types;
        this.desk = desk;
    }

    @Override
    public String sender() {
        return sender;
    }

    @Override
    public String secret() {
        return secret;
    }

    @Override
    public Optional<Map<String, String>> read(JsonNode event) {
        var facts = new LinkedHashMap<String, String>();
        keep(facts, event, "trackingNumber", TRACKING_NUMBER);
        keep(facts, event, "carrier", NAME);
        keep(facts, event, "authorization", AUTHORIZATION);
        keep(facts, event, ORDER, OUR_ORDER);
        String type = event.path("type").asText();
        if (types.contains(type)) {
            facts.put("type", type);
        }
        time(event.path("at").textValue()).ifPresent(at -> facts.put("at", at.toString()));
        var pictures = new ArrayList<String>();
        for (JsonNode id : event.path("evidence")) {
            if (pictures.size() < MOST_PICTURES && EVIDENCE.matcher(id.asText()).matches()) {
                pictures.add(id.asText());
            }
        }
        facts.put("evidence", String.join(",", pictures));
        boolean isNamed = facts.containsKey("trackingNumber") || facts.containsKey("authorization");
        return isNamed && facts.containsKey("type") ? Optional.of(facts) : Optional.empty();
    }

    @Override
    public Heard apply(Callback callback) {
        var facts = callback.facts();
        Instant at = time(facts.get("at"))
                .filter(said -> said.isBefore(callback.receivedAt().plus(MOST_AHEAD)))
                .orElse(callback.receivedAt());
        if (facts.get(ORDER) != null) {
            desk.requireOrdered(facts.get(ORDER));
        }
        return new Heard(
                true,
                desk.hear(new ParcelEvent(
                        sender + ":" + callback.eventId(),
                        facts.get("trackingNumber"),
                        facts.get("carrier"),
                        facts.get("authorization"),
                        facts.get(CASE_NUMBER),
                        ParcelEvent.Type.valueOf(facts.get("type")),
                        at,
                        ParcelEvent.ids(facts.get("evidence")))));
    }

    /** An event as its facts, for the case that somebody found. */
    static Map<String, String> facts(ParcelEvent event) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("trackingNumber", event.trackingNumber());
        facts.put("carrier", event.carrier());
        facts.put("authorization", event.authorization());
        facts.put(CASE_NUMBER, event.caseNumber());
        facts.put("type", event.type().name());
        facts.put("at", event.at().toString());
        facts.put("evidence", String.join(",", event.evidence()));
        return facts;
    }

    private static void keep(Map<String, String> facts, JsonNode event, String field, Pattern pattern) {
        String text = event.path(field).textValue();
        if (text != null && pattern.matcher(text).matches()) {
            facts.put(field, text);
        }
    }

    private static Optional<Instant> time(String text) {
        try {
            return text == null
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException odd) {
            return Optional.empty();
        }
    }
}
