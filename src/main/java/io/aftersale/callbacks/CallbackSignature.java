package io.aftersale.callbacks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells whether a callback was signed with our shared secret within the last five minutes:
 * {@code X-Signature: t=<unix>,v1=<hex HMAC-SHA256 of "t.body">}. Compares in constant time and keeps nothing.
 */
class CallbackSignature {
    static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final Pattern HEADER = Pattern.compile("t=(\\d{1,12}),v1=([0-9a-f]{64})");

    private final SecretKeySpec key;
    private final InstantSource time;

    /** @param time what time it really is for sender and receiver, whatever the engine's clock says */
    CallbackSignature(String secret, InstantSource time) {
        this.time = time;
        key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    /** @param header the header as it came; null when there was none */
    boolean isGood(String header, byte[] body) {
        Matcher parts = HEADER.matcher(header == null ? "" : header);
        if (!parts.matches()) {
            return false;
        }
        Instant signed = Instant.ofEpochSecond(Long.parseLong(parts.group(1)));
        boolean isRecent = Duration.between(signed, time.instant()).abs().compareTo(TOLERANCE) <= 0;
        byte[] given = HexFormat.of().parseHex(parts.group(2));
        return MessageDigest.isEqual(given, sign(parts.group(1), body)) && isRecent;
    }

    private byte[] sign(String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
