package io.aftersale.feedback;

import io.swagger.v3.oas.annotations.media.Schema;

/** A feedback as it comes in, whichever the door. {@code recoveryOf} names the low review whose offer it takes up. */
@Schema(name = "FeedbackRequest", example = """
                {"buyerId":"B-1","orderId":"O-1","topic":"DELIVERY","content":"快递放在门口没有通知我"}""")
record FeedbackBody(
        String buyerId,
        String merchantId,
        String orderId,
        String caseNumber,
        String topic,
        String content,
        String recoveryOf) {}
