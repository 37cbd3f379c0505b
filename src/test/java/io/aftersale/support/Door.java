package io.aftersale.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.Http.Answer;

/** The ways by which a shop's application can come in. Each must check it alike. */
public enum Door {
    API {
        @Override
        public Answer applies(Shop shop, ObjectNode application) {
            return shop.applies(application);
        }
    },
    ENGINE_START {
        @Override
        public Answer applies(Shop shop, ObjectNode application) {
            return shop.http().post("/engine-rest/process-definition/key/refund/start", variables(application));
        }
    },
    ENGINE_SUBMIT_FORM {
        @Override
        public Answer applies(Shop shop, ObjectNode application) {
            return shop.http().post("/engine-rest/process-definition/key/refund/submit-form", variables(application));
        }
    };

    public abstract Answer applies(Shop shop, ObjectNode application);

    /** An application as the start variables of the engine's REST; the process itself says of what kind it is. */
    public static String variables(ObjectNode application) {
        var body = Shop.JSON.createObjectNode();
        var variables = body.putObject("variables");
        application.properties().forEach(field -> {
            if (!field.getKey().equals("kind")) {
                variables.set(field.getKey(), variable(field.getValue()));
            }
        });
        return body.toString();
    }

    private static ObjectNode variable(JsonNode value) {
        var variable = Shop.JSON.createObjectNode();
        if (value.isContainerNode()) {
            return variable.put("type", "Json").put("value", value.toString());
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            variable.put("type", "Long");
        } else if (value.isNumber()) {
            variable.put("type", "Double");
        } else if (value.isBoolean()) {
            variable.put("type", "Boolean");
        } else if (value.isTextual()) {
            variable.put("type", "String");
        }
        variable.set("value", value);
        return variable;
    }
}
