package io.aftersale.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.Shop;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * One list of texts and numbers that no door may stumble over. All but one must be refused wherever they stand; that one
 * is odd but harmless, so it is refused or kept to the letter.
 */
enum Hostile {
    NUL("\"a\\u0000b\"", "a%00b"),
    FIRST_HALF_OF_A_CHARACTER("\"a\\ud83d\"", "a%ED%A0%BD"),
    SECOND_HALF_OF_A_CHARACTER("\"\\ude00a\"", "%ED%B8%80a"),
    FIVE_THOUSAND_CHARACTERS("\"" + "长".repeat(5_000) + "\"", "x".repeat(5_000)),
    NOT_A_NUMBER("NaN", "NaN"),
    BEYOND_ALL_DOUBLES("1e400", "1e400"),
    BEYOND_ALL_LONGS("9223372036854775808", "9223372036854775808"),
    A_FRACTION("0.5", "0.5"),
    ODD_BUT_HARMLESS(null, null);

    /** Emoji of four bytes, right-to-left, an override, script, SQL, and expressions that would come to 1337. */
    private static final String ODD =
            "😀𝒳 مرحبا \u202eabc\u202c <script>alert(1)</script> '; drop table payout; -- ${7*191} #{7*191} %s";

    private static final String PLACE = "@@here@@";

    private final String json;
    private final String inAddress;

    Hostile(String json, String inAddress) {
        this.json = json;
        this.inAddress = inAddress;
    }

    boolean mayBeKept() {
        return this == ODD_BUT_HARMLESS;
    }

    /** The types under which this may claim to come as a variable of the engine; empty where none is named. */
    List<String> types() {
        boolean isNumber =
                this == NOT_A_NUMBER || this == BEYOND_ALL_DOUBLES || this == BEYOND_ALL_LONGS || this == A_FRACTION;
        return isNumber ? List.of("Long", "Integer", "Double", "String", "") : List.of("String", "Json", "");
    }

    /** This as a variable of the engine's REST, which makes a number of the word NaN where a Double is told. */
    String variable(String type, String mark) {
        if (this == NOT_A_NUMBER && type.equals("Double")) {
            return "{\"type\":\"Double\",\"value\":\"NaN\"}";
        }
        return "{" + (type.isEmpty() ? "" : "\"type\":\"" + type + "\",") + "\"value\":" + json(mark) + "}";
    }

    /** A variable of JSON with this in one place of it. */
    String variable(JsonNode right, String place, String mark) {
        return Shop.JSON
                .createObjectNode()
                .put("type", "Json")
                .put("value", in(right, place, mark))
                .toString();
    }

    /** The harmless one, told apart from its like by a mark of its own. */
    static String odd(String mark) {
        return ODD.replace("%s", mark);
    }

    /** As JSON, which a mapper would not write. */
    String json(String mark) {
        return json == null ? '"' + odd(mark) + '"' : json;
    }

    /** As a part of an address. */
    String inAddress(String mark) {
        return inAddress == null
                ? URLEncoder.encode(odd(mark), StandardCharsets.UTF_8).replace("+", "%20")
                : inAddress;
    }

    /** A body with this in one place of it. */
    String in(JsonNode body, String pointer, String mark) {
        JsonNode changed = set(body.deepCopy(), pointer.substring(1).split("/"), 0);
        return changed.toString().replace('"' + PLACE + '"', json(mark));
    }

    private static JsonNode set(JsonNode node, String[] path, int at) {
        if (at == path.length) {
            return Shop.JSON.getNodeFactory().textNode(PLACE);
        }
        if (path[at].equals("0")) {
            ArrayNode list = node instanceof ArrayNode there ? there : Shop.JSON.createArrayNode();
            JsonNode first = set(list.path(0), path, at + 1);
            if (list.isEmpty()) {
                list.add(first);
            } else {
                list.set(0, first);
            }
            return list;
        }
        ObjectNode object = node instanceof ObjectNode there ? there : Shop.JSON.createObjectNode();
        object.set(path[at], set(object.path(path[at]), path, at + 1));
        return object;
    }

    /** Every place of a body where something stands, lists and objects included; of a list its first element. */
    static List<String> places(JsonNode body) {
        var places = new TreeSet<String>();
        collect(body, "", places);
        return new ArrayList<>(places);
    }

    private static void collect(JsonNode node, String pointer, TreeSet<String> places) {
        if (!pointer.isEmpty()) {
            places.add(pointer);
        }
        node.properties().forEach(field -> collect(field.getValue(), pointer + "/" + field.getKey(), places));
        if (node.isArray()) {
            collect(node.path(0), pointer + "/0", places);
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
