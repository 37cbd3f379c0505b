package io.aftersale.cases;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Pictures to upload: drawn here, and dressed with what cameras and programs write beside the pixels. */
final class EvidenceSamples {
    /** 16 x 12, lossy, with an Exif that names a place. */
    static final byte[] WEBP_WITH_PLACE = Base64.getDecoder()
            .decode(
                    "UklGRrQAAABXRUJQVlA4WAoAAAAIAAAADwAACwAAVlA4IGAAAABwAgCdASoQAAwAA4BaJbACdDBESUAbIAX7dG1AAP7jbSfyx/3U"
                            + "GP1y1sMU1wC0J1Iehkd4Q1pCtksFlN31uvix/n/hErTf/G9Mq0Idy+/8v5Vdo7n/n9w7rD/GQ/gAAABFWElGLgAAAE1NACoA"
                            + "AAAIAAEBDgACAAAAEwAAABoAAAAAMzEuMjMwNE4gMTIxLjQ3MzdFAAA=");

    static final byte[] WEBP_LOSSLESS = Base64.getDecoder()
            .decode("UklGRjYAAABXRUJQVlA4TCoAAAAvD8ACAA8wHoP8j//5Dx4oaiMFko40pCCB5w1jI6L/8X42GuIYisBzDAE=");

    /** Two frames. */
    static final byte[] WEBP_MOVING = Base64.getDecoder()
            .decode(
                    "UklGRvIAAABXRUJQVlA4WAoAAAACAAAADwAACwAAQU5JTQYAAAAAAAAAAABBTk1GegAAAAAAAAAAAA8AAAsAAGQAAAJWUDggYgAA"
                            + "AFABAJ0BKhAADAAEAGglsAAEdAAA/us+fLd7JWNBVabZwqm4Gm5cKpuBpY7hVNwNNp0GCehM94Q1pCtksFrOj+2kDC//NskM"
                            + "pn//wQm2RCHcvv+kTqn+xV3/pWuqu2OhAcAAQU5NRkQAAAAAAAAAAAAPAAALAABkAAAAVlA4ICwAAAA0AQCdASoQAAwAAABo"
                            + "JaAAA3AA/tLtf/+QY/0Nf4K8Af//zYH/t5/4I9pQAA==");

    static final String PLACE = "31.2304N 121.4737E";

    private EvidenceSamples() {}

    static byte[] jpeg(int width, int height) {
        return drawn("jpeg", width, height, BufferedImage.TYPE_INT_RGB);
    }

    static byte[] png(int width, int height) {
        return drawn("png", width, height, BufferedImage.TYPE_INT_ARGB);
    }

    static byte[] gif(int width, int height) {
        return drawn("gif", width, height, BufferedImage.TYPE_BYTE_INDEXED);
    }

    /** A PNG of more than so many bytes, since noise does not pack. */
    static byte[] pngAbove(int bytes) {
        int side = (int) Math.ceil(Math.sqrt(bytes / 3.0)) + 1;
        var image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        var random = new Random(7);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return encoded("png", image);
    }

    /** As a telephone would write it: lying on its side, with the place, a comment and a film behind the end. */
    static byte[] jpegWithPlace(int orientation) {
        byte[] plain = jpeg(64, 48);
        var out = new ByteArrayOutputStream();
        out.write(plain, 0, 2);
        byte[] tiff = ByteBuffer.allocate(26 + PLACE.length())
                .put("II*\0".getBytes(StandardCharsets.ISO_8859_1))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putInt(orientation)
                .putInt(0)
                .put(PLACE.getBytes(StandardCharsets.ISO_8859_1))
                .array();
        writeSegment(out, 0xe1, "Exif\0\0", tiff);
        writeSegment(out, 0xe1, "http://ns.adobe.com/xap/1.0/\0", PLACE.getBytes(StandardCharsets.UTF_8));
        writeSegment(out, 0xfe, "", PLACE.getBytes(StandardCharsets.UTF_8));
        out.write(plain, 2, plain.length - 2);
        out.writeBytes(PLACE.getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    static byte[] pngWithPlace() {
        return withChunk(withChunk(png(40, 30), "tEXt", "Location\0" + PLACE), "eXIf", "MM\0*" + PLACE);
    }

    static byte[] gifWithPlace() {
        byte[] plain = gif(40, 30);
        var out = new ByteArrayOutputStream();
        out.write(plain, 0, plain.length - 1);
        out.write(0x21);
        out.write(0xfe);
        out.write(PLACE.length());
        out.writeBytes(PLACE.getBytes(StandardCharsets.UTF_8));
        out.write(0);
        out.write(0x3b);
        return out.toByteArray();
    }

    /** Says that it has so many pixels and has a handful of bytes. */
    static byte[] pngThatClaims(int width, int height) {
        byte[] small = png(1, 1);
        var header = ByteBuffer.wrap(small.clone());
        header.putInt(16, width).putInt(20, height);
        var crc = new CRC32();
        crc.update(header.array(), 12, 17);
        header.putInt(29, (int) crc.getValue());
        return header.array();
    }

    private static byte[] withChunk(byte[] png, String name, String text) {
        byte[] data = (name + text).getBytes(StandardCharsets.ISO_8859_1);
        var crc = new CRC32();
        crc.update(data);
        int behindHeader = 33;
        return ByteBuffer.allocate(png.length + data.length + 8)
                .put(png, 0, behindHeader)
                .putInt(data.length - 4)
                .put(data)
                .putInt((int) crc.getValue())
                .put(png, behindHeader, png.length - behindHeader)
                .array();
    }

    private static void writeSegment(ByteArrayOutputStream out, int marker, String name, byte[] data) {
        int length = 2 + name.length() + data.length;
        out.write(0xff);
        out.write(marker);
        out.write(length >> 8);
        out.write(length);
        out.writeBytes(name.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(data);
    }

    private static byte[] drawn(String format, int width, int height, int type) {
        var image = new BufferedImage(width, height, type);
        var brush = image.createGraphics();
        brush.setColor(Color.ORANGE);
        brush.fillRect(0, 0, width, height);
        brush.setColor(Color.BLUE);
        brush.drawLine(0, 0, width, height);
        brush.dispose();
        return encoded(format, image);
    }

    private static byte[] encoded(String format, BufferedImage image) {
        var out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalStateException("no writer for " + format);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return out.toByteArray();
    }
}
