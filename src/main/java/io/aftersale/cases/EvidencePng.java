package io.aftersale.cases;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Walks through the chunks of a PNG, checks each sum, and keeps what its pixels and colours need. Texts, times, Exif and
 * the later frames of an animation are left out: what stays is one still picture.
 */
final class EvidencePng {
    private static final Set<String> KEPT =
            Set.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "bKGD", "pHYs");
    private static final int SIGNATURE = 8;

    private EvidencePng() {}

    static byte[] strip(ByteBuffer in, EvidenceFrames frames) {
        var out = new ByteArrayOutputStream(in.capacity());
        out.write(in.array(), 0, SIGNATURE);
        in.position(SIGNATURE);
        boolean hasPixels = false;
        while (true) {
            int from = in.position();
            int length = in.getInt();
            require(length >= 0 && length <= in.remaining());
            byte[] named = new byte[length + 4];
            in.get(named);
            String name = new String(named, 0, 4, StandardCharsets.ISO_8859_1);
            require(in.getInt() == sum(named));
            if (from == SIGNATURE) {
                require(name.equals("IHDR"));
                ByteBuffer header = ByteBuffer.wrap(named, 4, length);
                frames.add(header.getInt(), header.getInt());
            }
            hasPixels |= name.equals("IDAT");
            if (KEPT.contains(name)) {
                out.write(in.array(), from, in.position() - from);
            }
            if (name.equals("IEND")) {
                require(hasPixels);
                return out.toByteArray();
            }
        }
    }

    private static int sum(byte[] named) {
        var crc = new CRC32();
        crc.update(named);
        return (int) crc.getValue();
    }

    private static void require(boolean asTheFormatSays) {
        if (!asTheFormatSays) {
            throw new IllegalArgumentException("not built like a PNG");
        }
    }
}
