package io.aftersale.cases;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Walks through the blocks of a GIF and keeps its frames and how they follow each other. Comments, texts and what
 * applications wrote are left out, but for the block that lets an animation repeat.
 */
final class EvidenceGif {
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2c;
    private static final int END = 0x3b;
    private static final int CONTROL = 0xf9;
    private static final int APPLICATION = 0xff;
    private static final int HEADER = 6;

    private EvidenceGif() {}

    static byte[] strip(ByteBuffer in, EvidenceFrames frames) {
        var out = new ByteArrayOutputStream(in.capacity());
        in.order(ByteOrder.LITTLE_ENDIAN).position(HEADER);
        frames.check(Short.toUnsignedInt(in.getShort()), Short.toUnsignedInt(in.getShort()));
        int screen = in.get();
        in.position(in.position() + 2);
        skipColours(in, screen);
        out.write(in.array(), 0, in.position());
        while (true) {
            int from = in.position();
            boolean kept = true;
            switch (Byte.toUnsignedInt(in.get())) {
                case IMAGE -> readImage(in, frames);
                case EXTENSION -> kept = readExtension(in);
                case END -> {
                    if (frames.count() == 0) {
                        throw new IllegalArgumentException("a GIF without a frame");
                    }
                    out.write(END);
                    return out.toByteArray();
                }
                default -> throw new IllegalArgumentException("not built like a GIF");
            }
            if (kept) {
                out.write(in.array(), from, in.position() - from);
            }
        }
    }

    private static void readImage(ByteBuffer in, EvidenceFrames frames) {
        in.position(in.position() + 4);
        frames.add(Short.toUnsignedInt(in.getShort()), Short.toUnsignedInt(in.getShort()));
        skipColours(in, in.get());
        in.get();
        skipBlocks(in);
    }

    /** @return whether the extension belongs to the picture */
    private static boolean readExtension(ByteBuffer in) {
        int label = Byte.toUnsignedInt(in.get());
        int first = in.position();
        skipBlocks(in);
        return switch (label) {
            case CONTROL -> true;
            case APPLICATION ->
                new String(in.array(), first + 1, 11, StandardCharsets.ISO_8859_1).equals("NETSCAPE2.0");
            default -> false;
        };
    }

    private static void skipColours(ByteBuffer in, int flags) {
        if ((flags & 0x80) != 0) {
            in.position(in.position() + 3 * (2 << (flags & 7)));
        }
    }

    private static void skipBlocks(ByteBuffer in) {
        int length = Byte.toUnsignedInt(in.get());
        while (length > 0) {
            in.position(in.position() + length);
            length = Byte.toUnsignedInt(in.get());
        }
    }
}
