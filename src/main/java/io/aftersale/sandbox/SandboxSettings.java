package io.aftersale.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the stand-ins run.
 *
 * @param port the port on 127.0.0.1; 0 takes any that is free
 * @param book the file of the provider's memory
 * @param token what senders show as their bearer token
 * @param callbackSecret signs the callbacks
 * @param carrierSecret signs what the carrier tells
 * @param warehouseSecret signs what the warehouse tells
 * @param callbackUrl where callbacks go; without it to this application's own port
 * @param settleAfter how long a pending refund stays pending
 * @param deliverAfter how long a parcel travels to a buyer
 * @param hold how long an answer is held back that is not to come in time
 */
@ConfigurationProperties("aftersale.sandbox")
record SandboxSettings(
        boolean enabled,
        @DefaultValue("8089") int port,
        @DefaultValue("target/demo/provider-book.jsonl") Path book,
        String token,
        String callbackSecret,
        @DefaultValue("") String carrierSecret,
        @DefaultValue("") String warehouseSecret,
        URI callbackUrl,
        @DefaultValue("3s") Duration settleAfter,
        @DefaultValue("2m") Duration deliverAfter,
        @DefaultValue("20s") Duration hold) {

    /** Keeps the secrets out of every log. */
    @Override
    public String toString() {
        return "sandbox on port " + port;
    }
}
