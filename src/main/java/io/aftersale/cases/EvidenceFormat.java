package io.aftersale.cases;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The kinds of pictures that are taken, told by their first bytes and never by a name or a header. SVG is none of them:
 * it is a document that can carry scripts.
 */
enum EvidenceFormat {
    JPEG("image/jpeg", "jpg", EvidenceJpeg::strip),
    PNG("image/png", "png", EvidencePng::strip),
    GIF("image/gif", "gif", EvidenceGif::strip),
    WEBP("image/webp", "webp", EvidenceWebp::strip);

    private static final byte[] JPEG_START = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final byte[] PNG_START = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private final String mediaType;
    private final String extension;
    private final BiFunction<ByteBuffer, EvidenceFrames, byte[]> strip;

    EvidenceFormat(String mediaType, String extension, BiFunction<ByteBuffer, EvidenceFrames, byte[]> strip) {
        this.mediaType = mediaType;
        this.extension = extension;
        this.strip = strip;
    }

    /** The format that these bytes begin like; whether they are a picture of it, {@link #strip} will say. */
    static Optional<EvidenceFormat> of(byte[] bytes) {
        if (startsWith(bytes, JPEG_START)) {
            return Optional.of(JPEG);
        }
        if (startsWith(bytes, PNG_START)) {
            return Optional.of(PNG);
        }
        String start = new String(bytes, 0, Math.min(12, bytes.length), StandardCharsets.ISO_8859_1);
        if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
            return Optional.of(GIF);
        }
        return start.matches("(?s)RIFF....WEBP") ? Optional.of(WEBP) : Optional.empty();
    }

    static EvidenceFormat ofMediaType(String mediaType) {
        return Arrays.stream(values())
                .filter(format -> format.mediaType.equals(mediaType))
                .findFirst()
                .orElseThrow();
    }

    String mediaType() {
        return mediaType;
    }

    String extension() {
        return extension;
    }

    /**
     * The same picture, pixel by pixel, without what it tells beside its pixels and without anything behind its end.
     *
     * @param frames is told the size of each frame
     * @throws RuntimeException of any kind when the bytes are not built as the format says
     */
    byte[] strip(byte[] bytes, EvidenceFrames frames) {
        return strip.apply(ByteBuffer.wrap(bytes), frames);
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }
}
