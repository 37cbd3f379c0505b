package io.aftersale.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The store of what cases want besides money. It writes what it is given. */
@Repository
public class Wishes {
    private static final TypeReference<LinkedHashMap<String, String>> TEXTS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    Wishes(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Keeps a wish in place of the one that the case had. */
    void replace(String caseNumber, Wish wish) {
        jdbc.sql("delete from case_wish where case_number = :caseNumber")
                .param("caseNumber", caseNumber)
                .update();
        if (wish.equals(Wish.NONE)) {
            return;
        }
        jdbc.sql("""
                        insert into case_wish (case_number, sku, price_minor, address, fault)
                        values (:caseNumber, :sku, :priceMinor, :address, :fault)
                        """)
                .param("caseNumber", caseNumber)
                .param("sku", wish.sku())
                .param("priceMinor", wish.priceMinor())
                .param("address", wish.address() == null ? null : write(wish.address()))
                .param("fault", wish.fault())
                .update();
    }

    /** What a case wants; nothing but nulls where it wants money only. */
    public Wish of(String caseNumber) {
        return jdbc.sql("select sku, price_minor, address, fault from case_wish where case_number = :caseNumber")
                .param("caseNumber", caseNumber)
                .query((row, n) -> new Wish(
                        row.getString("sku"),
                        row.getObject("price_minor", Long.class),
                        read(row.getString("address")),
                        row.getString("fault")))
                .optional()
                .orElse(Wish.NONE);
    }

    private String write(Map<String, String> address) {
        try {
            return json.writeValueAsString(address);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Plain texts can be written", impossible);
        }
    }

    private Map<String, String> read(String address) {
        try {
            return address == null ? null : json.readValue(address, TEXTS);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("A kept address cannot be read", broken);
        }
    }
}
