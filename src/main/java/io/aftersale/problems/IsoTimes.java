package io.aftersale.problems;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.OffsetDateTime;
import org.springframework.boot.jackson.JsonComponent;

/**
 * Reads every time of every body: a text in ISO 8601 with its offset, and never a number, which would have to be guessed
 * to be of seconds or of something else. It does not ask whether the time makes sense.
 */
@JsonComponent
class IsoTimes extends StdScalarDeserializer<OffsetDateTime> {
    private static final long serialVersionUID = 1;

    IsoTimes() {
        super(OffsetDateTime.class);
    }

    @Override
    public OffsetDateTime deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING) || parser.getText().indexOf('T') < 0) {
            return context.reportInputMismatch(this, "a time in ISO 8601 is expected");
        }
        return InstantDeserializer.OFFSET_DATE_TIME.deserialize(parser, context);
    }
}
