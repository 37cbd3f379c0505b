package io.aftersale.feedback;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.cases.VoiceRulings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What tables said of feedback. */
@Repository
class FeedbackRulings extends VoiceRulings {
    FeedbackRulings(JdbcClient jdbc, ObjectMapper json) {
        super(jdbc, json, "FEEDBACK", "feedback", "feedback_ruling", "number");
    }
}
