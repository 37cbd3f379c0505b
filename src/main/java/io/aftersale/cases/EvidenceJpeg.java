package io.aftersale.cases;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks through the segments of a JPEG and keeps what its pixels and colours need (ITU-T T.81, Annex B). Of Exif only
 * the orientation is kept, without which most photos of telephones would lie on their side.
 */
final class EvidenceJpeg {
    private static final int START = 0xd8;
    private static final int END = 0xd9;
    private static final int SCAN = 0xda;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP2 = 0xe2;
    private static final int APP14 = 0xee;
    private static final int ORIENTATION = 0x0112;

    /** A progressive photo has some ten scans; each costs another walk over all pixels. */
    private static final int MOST_SCANS = 30;

    private EvidenceJpeg() {}

    static byte[] strip(ByteBuffer in, EvidenceFrames frames) {
        var out = new ByteArrayOutputStream(in.capacity());
        writeMarker(out, nextMarker(in));
        int scans = 0;
        while (true) {
            int marker = nextMarker(in);
            if (marker == END) {
                require(scans > 0 && frames.count() == 1);
                writeMarker(out, END);
                return out.toByteArray();
            }
            require(marker != START && marker != 0x01 && !isRestart(marker));
            byte[] segment = new byte[Short.toUnsignedInt(in.getShort()) - 2];
            in.get(segment);
            if (marker == SCAN) {
                require(frames.count() == 1 && ++scans <= MOST_SCANS);
                writeSegment(out, marker, segment);
                copyScan(in, out);
            } else {
                if (isFrame(marker)) {
                    ByteBuffer frame = ByteBuffer.wrap(segment, 1, 4);
                    int height = Short.toUnsignedInt(frame.getShort());
                    frames.add(Short.toUnsignedInt(frame.getShort()), height);
                }
                keep(out, marker, segment);
            }
        }
    }

    private static void keep(ByteArrayOutputStream out, int marker, byte[] segment) {
        if (marker == APP0 && startsWith(segment, "JFIF\0")) {
            byte[] withoutThumbnail = Arrays.copyOf(segment, 14);
            withoutThumbnail[12] = 0;
            withoutThumbnail[13] = 0;
            writeSegment(out, marker, withoutThumbnail);
        } else if (marker == APP1 && startsWith(segment, "Exif\0\0")) {
            int orientation = orientation(segment);
            if (orientation > 1 && orientation <= 8) {
                writeSegment(out, APP1, exifOf(orientation));
            }
        } else if (marker < APP0
                || marker == APP2 && startsWith(segment, "ICC_PROFILE\0")
                || marker == APP14 && startsWith(segment, "Adobe")) {
            writeSegment(out, marker, segment);
        }
    }

    /** What follows a scan's header, up to the next marker that is neither a stuffed byte nor a restart. */
    private static void copyScan(ByteBuffer in, ByteArrayOutputStream out) {
        int from = in.position();
        int at = from;
        while (true) {
            if (in.get(at) == (byte) 0xff) {
                int next = Byte.toUnsignedInt(in.get(at + 1));
                if (next != 0 && next != 0xff && !isRestart(next)) {
                    break;
                }
            }
            at++;
        }
        out.write(in.array(), from, at - from);
        in.position(at);
    }

    private static int nextMarker(ByteBuffer in) {
        require(in.get() == (byte) 0xff);
        int marker = 0xff;
        while (marker == 0xff) {
            marker = Byte.toUnsignedInt(in.get());
        }
        return marker;
    }

    private static boolean isRestart(int marker) {
        return marker >= 0xd0 && marker <= 0xd7;
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    /** How to turn the picture, 1 to 8; 1, as it is, where the Exif says nothing that can be understood. */
    private static int orientation(byte[] segment) {
        try {
            ByteBuffer tiff = ByteBuffer.wrap(segment, 6, segment.length - 6).slice();
            tiff.order(tiff.getShort() == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            tiff.position(tiff.getInt(4));
            for (int entries = Short.toUnsignedInt(tiff.getShort()); entries > 0; entries--) {
                int at = tiff.position();
                if (Short.toUnsignedInt(tiff.getShort(at)) == ORIENTATION) {
                    return Short.toUnsignedInt(tiff.getShort(at + 8));
                }
                tiff.position(at + 12);
            }
            return 1;
        } catch (RuntimeException odd) {
            return 1;
        }
    }

    /** An Exif of one entry. */
    private static byte[] exifOf(int orientation) {
        return ByteBuffer.allocate(32)
                .put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) ORIENTATION)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
    }

    private static boolean startsWith(byte[] segment, String start) {
        return new String(segment, 0, Math.min(start.length(), segment.length), StandardCharsets.ISO_8859_1)
                .equals(start);
    }

    private static void writeMarker(ByteArrayOutputStream out, int marker) {
        out.write(0xff);
        out.write(marker);
    }

    private static void writeSegment(ByteArrayOutputStream out, int marker, byte[] segment) {
        writeMarker(out, marker);
        out.write((segment.length + 2) >> 8);
        out.write(segment.length + 2);
        out.writeBytes(segment);
    }

    private static void require(boolean asTheFormatSays) {
        if (!asTheFormatSays) {
            throw new IllegalArgumentException("not built like a JPEG");
        }
    }
}
