package io.aftersale.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the carrier and the warehouse tell of a parcel while it travels. A mishap is asked for by the prefix of the
 * sku of a parcel to a buyer, or of the tracking number of one that comes back: {@code SWIFT-} arrives at once,
 * {@code LOST-} never does, {@code TWICE-} is told of twice, {@code REORDERED-} from its end to its beginning,
 * {@code SILENT-} not at all.
 */
class ParcelRound {
    private static final List<String> CARRIED = List.of("PICKED_UP", "IN_TRANSIT", "DELIVERED");

    private final Messenger carrier;
    private final Messenger warehouse;
    private final Duration pause;
    private final Duration arrival;

    /**
     * @param pause between two events
     * @param arrival how long a parcel travels to a buyer
     */
    ParcelRound(Messenger carrier, Messenger warehouse, Duration pause, Duration arrival) {
        this.carrier = carrier;
        this.warehouse = warehouse;
        this.pause = pause;
        this.arrival = arrival;
    }

    /** A parcel to a buyer was ordered under this id. */
    void begin(String id, String trackingNumber, String sku) {
        if (sku.startsWith("SILENT-")) {
            return;
        }
        var types = new ArrayList<>(sku.startsWith("LOST-") ? CARRIED.subList(0, 2) : CARRIED);
        if (sku.startsWith("REORDERED-")) {
            Collections.reverse(types);
        }
        boolean isSwift = sku.startsWith("SWIFT-") || sku.startsWith("REORDERED-");
        Duration at = Duration.ZERO;
        for (String type : types) {
            at = at.plus(type.equals("DELIVERED") && !isSwift ? arrival : pause);
            var event = event("C-" + trackingNumber + "-" + type, trackingNumber, type);
            event.put("order", id);
            tell(carrier, event, at, sku);
        }
    }

    /** A buyer has handed a parcel in; it comes to the warehouse. */
    void comeBack(String trackingNumber, String authorization) {
        if (trackingNumber.startsWith("SILENT-")) {
            return;
        }
        boolean isLost = trackingNumber.startsWith("LOST-");
        Duration at = Duration.ZERO;
        var types = new ArrayList<>(CARRIED.subList(0, isLost ? 1 : 2));
        if (!isLost) {
            types.add("RECEIVED");
        }
        if (trackingNumber.startsWith("REORDERED-")) {
            Collections.reverse(types);
        }
        for (String type : types) {
            at = at.plus(pause);
            boolean isHere = type.equals("RECEIVED");
            var event = event((isHere ? "W-" : "C-") + trackingNumber + "-" + type, trackingNumber, type);
            if (isHere && authorization != null) {
                event.put("authorization", authorization);
            }
            tell(isHere ? warehouse : carrier, event, at, trackingNumber);
        }
    }

    private static void tell(Messenger messenger, Map<String, Object> event, Duration at, String asked) {
        messenger.tell(event, at);
        if (asked.startsWith("TWICE-")) {
            messenger.tell(event, at.plus(at));
        }
    }

    private static Map<String, Object> event(String id, String trackingNumber, String type) {
        var event = new LinkedHashMap<String, Object>();
        event.put("eventId", id);
        event.put("trackingNumber", trackingNumber);
        event.put("type", type);
        event.put("at", Instant.now().toString());
        return event;
    }
}
