package io.aftersale.problems;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;
import org.springframework.boot.jackson.JsonComponent;

/**
 * Reads every text of every body, whatever it stands for: one that a database could not keep as it is, or would refuse
 * with an error, ends at the door, and so does a number or a truth value in a text's place. It says nothing of what a
 * text may mean.
 */
@JsonComponent
class StorableStrings extends StdScalarDeserializer<String> {
    private static final long serialVersionUID = 1;

    StorableStrings() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isNumeric() || token.isBoolean()) {
            return context.reportInputMismatch(this, "a text is expected");
        }
        String text = StringDeserializer.instance.deserialize(parser, context);
        if (text != null && !FreeText.isStorable(text)) {
            throw new UnstorableException(parser);
        }
        return text;
    }

    /** Collects the path of the field on its way up. */
    static class UnstorableException extends JsonMappingException {
        private static final long serialVersionUID = 1;

        UnstorableException(JsonParser parser) {
            super(parser, "a text that cannot be kept");
        }
    }
}
