package io.aftersale.reviews;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.cases.VoiceRulings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What tables said of reviews. */
@Repository
class ReviewRulings extends VoiceRulings {
    ReviewRulings(JdbcClient jdbc, ObjectMapper json) {
        super(jdbc, json, "REVIEW", "review", "review_ruling", "review_number");
    }
}
