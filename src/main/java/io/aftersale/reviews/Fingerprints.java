package io.aftersale.reviews;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds texts alike among those of the same product and those of the same author. One index holds all that is read
 * first, eight bytes a text; words are read of the few that come near. ADR 0081 has the figures.
 */
@Repository
class Fingerprints {
    /**
     * Texts that share 65 per cent of their grams differ in 13 bits, give or take 3; of texts that have nothing to do
     * with each other one in sixty comes as near as this.
     */
    private static final int NEAR_BITS = 23;

    private static final int MOST_COMPARED = 50;

    private final JdbcClient jdbc;

    Fingerprints(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A text that comes near, and in how many bits it differs. */
    record Near(long textNo, String reviewNumber, int distance) {}

    /** The number of a review that has a text like this one; the review itself is not like itself. */
    Optional<String> alike(Review review, ReviewText text, String dense, long simHash) {
        var near = near(review, text, simHash);
        if (near.isEmpty() || near.get(0).distance() <= Fingerprint.MOST_BITS) {
            return near.stream().map(Near::reviewNumber).findFirst();
        }
        var words = words(near);
        return near.stream()
                .filter(it -> Fingerprint.shareMost(
                        dense, NormalText.of(words.get(it.textNo())).dense()))
                .map(Near::reviewNumber)
                .findFirst();
    }

    /** The texts of the product and of the author that come nearest. */
    List<Near> near(Review review, ReviewText text, long simHash) {
        var near = new ArrayList<Near>();
        collect(near, "sku", review.sku(), review, simHash);
        collect(near, "author", text.author(), review, simHash);
        near.sort(Comparator.comparingInt(Near::distance));
        return near.subList(0, Math.min(MOST_COMPARED, near.size()));
    }

    /** Scanned twice, it is kept once. */
    void keep(Review review, ReviewText text, long simHash) {
        jdbc.sql("""
                        insert into review_fingerprint (text_no, merchant_id, sku, author, review_number, simhash)
                        select cast(:textNo as bigint), cast(:merchantId as varchar(64)), cast(:sku as varchar(64)),
                               cast(:author as varchar(64)), cast(:number as varchar(20)), cast(:simHash as bigint)
                        where not exists (select 1 from review_fingerprint where text_no = :textNo)
                        """)
                .param("textNo", text.textNo())
                .param("merchantId", review.merchantId())
                .param("sku", review.sku())
                .param("author", text.author())
                .param("number", review.number())
                .param("simHash", simHash)
                .update();
    }

    private void collect(List<Near> near, String column, String value, Review review, long simHash) {
        jdbc.sql("select text_no, review_number, simhash from review_fingerprint"
                        + " where merchant_id = :merchantId and " + column + " = :value")
                .param("merchantId", review.merchantId())
                .param("value", value)
                .query(row -> {
                    int distance = Fingerprint.distance(simHash, row.getLong("simhash"));
                    if (distance <= NEAR_BITS && !row.getString("review_number").equals(review.number())) {
                        near.add(new Near(row.getLong("text_no"), row.getString("review_number"), distance));
                    }
                });
    }

    private Map<Long, String> words(List<Near> near) {
        var words = new HashMap<Long, String>();
        jdbc.sql("select text_no, content from review_text where text_no in (:nos)")
                .param("nos", near.stream().map(Near::textNo).toList())
                .query(row -> {
                    words.put(row.getLong("text_no"), row.getString("content"));
                });
        return words;
    }
}
