package io.aftersale.cases;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks through the chunks of a WebP (RFC 9649) and keeps its frames and colours. Java cannot decode one, so the heads
 * of the frames are all that is looked at; it never says that the pixels behind them are sound.
 */
final class EvidenceWebp {
    private static final int EXIF_AND_XMP = 0x0c;
    private static final int CHUNK_HEAD = 8;
    private static final int FRAME_HEAD = 16;

    private EvidenceWebp() {}

    static byte[] strip(ByteBuffer in, EvidenceFrames frames) {
        in.order(ByteOrder.LITTLE_ENDIAN);
        int length = in.getInt(4) - 4;
        byte[] kept = chunks(take(in.position(12), length), frames, true);
        if (frames.count() == 0) {
            throw new IllegalArgumentException("a WebP without a frame");
        }
        return ByteBuffer.allocate(kept.length + 12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(kept.length + 4)
                .put("WEBP".getBytes(StandardCharsets.ISO_8859_1))
                .put(kept)
                .array();
    }

    private static byte[] chunks(byte[] body, EvidenceFrames frames, boolean outside) {
        var in = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        var out = new ByteArrayOutputStream(body.length);
        while (in.hasRemaining()) {
            byte[] name = take(in, 4);
            byte[] data = take(in, in.getInt());
            if (data.length % 2 == 1 && in.hasRemaining()) {
                in.get();
            }
            switch (new String(name, StandardCharsets.ISO_8859_1)) {
                case "VP8 " -> {
                    addLossy(data, frames);
                    write(out, name, data);
                }
                case "VP8L" -> {
                    addLossless(data, frames);
                    write(out, name, data);
                }
                case "VP8X" -> {
                    frames.check(1 + threeBytes(data, 4), 1 + threeBytes(data, 7));
                    data[0] &= ~EXIF_AND_XMP;
                    write(out, name, data);
                }
                case "ANMF" -> {
                    if (!outside) {
                        throw new IllegalArgumentException("a frame in a frame");
                    }
                    byte[] kept = chunks(Arrays.copyOfRange(data, FRAME_HEAD, data.length), frames, false);
                    write(
                            out,
                            name,
                            ByteBuffer.allocate(FRAME_HEAD + kept.length)
                                    .put(data, 0, FRAME_HEAD)
                                    .put(kept)
                                    .array());
                }
                case "ALPH", "ANIM", "ICCP" -> write(out, name, data);
                default -> {
                    // Whatever else there is tells something beside the picture.
                }
            }
        }
        return out.toByteArray();
    }

    /** RFC 6386, 9.1: a key frame with its start code; the sizes have 14 bits. */
    private static void addLossy(byte[] data, EvidenceFrames frames) {
        boolean isKeyFrame = (data[0] & 1) == 0;
        int firstPart = threeBytes(data, 0) >> 5;
        if (!isKeyFrame || threeBytes(data, 3) != 0x2a019d || firstPart > data.length - 10) {
            throw new IllegalArgumentException("not a frame of VP8");
        }
        frames.add(twoBytes(data, 6) & 0x3fff, twoBytes(data, 8) & 0x3fff);
    }

    /** RFC 9649, 3.4: a signature, two sizes of 14 bits, one bit for alpha, three of version. */
    private static void addLossless(byte[] data, EvidenceFrames frames) {
        int head = twoBytes(data, 1) | twoBytes(data, 3) << 16;
        if (data[0] != 0x2f || head >>> 29 != 0 || data.length < 6) {
            throw new IllegalArgumentException("not a frame of lossless WebP");
        }
        frames.add(1 + (head & 0x3fff), 1 + (head >> 14 & 0x3fff));
    }

    private static byte[] take(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("a WebP that ends too early");
        }
        byte[] taken = new byte[length];
        in.get(taken);
        return taken;
    }

    private static int twoBytes(byte[] data, int at) {
        return Byte.toUnsignedInt(data[at]) | Byte.toUnsignedInt(data[at + 1]) << 8;
    }

    private static int threeBytes(byte[] data, int at) {
        return twoBytes(data, at) | Byte.toUnsignedInt(data[at + 2]) << 16;
    }

    private static void write(ByteArrayOutputStream out, byte[] name, byte[] data) {
        out.writeBytes(ByteBuffer.allocate(CHUNK_HEAD)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(name)
                .putInt(data.length)
                .array());
        out.writeBytes(data);
        if (data.length % 2 == 1) {
            out.write(0);
        }
    }
}
