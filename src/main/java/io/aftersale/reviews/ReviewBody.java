package io.aftersale.reviews;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * A review as it comes in, unchecked: the body of the API, and the start variables of the process by the same names.
 *
 * @param stars a whole number from 1 to 5
 * @param content at most 500 characters; null or blank means stars only
 * @param evidence ids of pictures that were uploaded before, at most nine
 */
@Schema(example = """
        {"buyerId":"B-1","orderId":"O-1","lineId":"1","stars":5,"content":"杯子很厚实，釉色均匀","evidence":[]}""")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReviewBody(
        String merchantId,
        String buyerId,
        String orderId,
        String lineId,
        Integer stars,
        String content,
        List<String> evidence) {}
