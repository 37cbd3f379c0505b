package io.aftersale.cases;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A picture that was looked at: it is built as its format says, it can be decoded, and it tells nothing beside its
 * pixels. What an uploader said about it plays no part.
 */
record EvidencePicture(EvidenceFormat format, byte[] bytes) {
    /** Decoding takes processor and memory; a crowd of uploads waits in line for it. */
    private static final Semaphore DECODERS = new Semaphore(2, true);

    /** To find out that a picture decodes, its rows are read in full but few pixels are kept. */
    private static final int KEPT_SIDE = 500;

    /** @throws Problem EVIDENCE_NOT_A_PICTURE, EVIDENCE_TOO_DETAILED */
    static EvidencePicture of(byte[] given) {
        EvidenceFormat format = EvidenceFormat.of(given).orElseThrow(EvidencePicture::notAPicture);
        var frames = new EvidenceFrames();
        byte[] bare = strip(format, given, frames);
        if (format != EvidenceFormat.WEBP) {
            DECODERS.acquireUninterruptibly();
            try {
                decode(format, bare, frames.count());
            } finally {
                DECODERS.release();
            }
        }
        return new EvidencePicture(format, bare);
    }

    private static byte[] strip(EvidenceFormat format, byte[] given, EvidenceFrames frames) {
        try {
            return format.strip(given, frames);
        } catch (Problem problem) {
            throw problem;
        } catch (RuntimeException broken) {
            throw notAPicture();
        }
    }

    private static void decode(EvidenceFormat format, byte[] bytes, int frames) {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format.name()).next();
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, false, true);
            for (int frame = 0; frame < frames; frame++) {
                ImageReadParam few = reader.getDefaultReadParam();
                int step = 1 + Math.max(reader.getWidth(frame), reader.getHeight(frame)) / KEPT_SIDE;
                few.setSourceSubsampling(step, step, 0, 0);
                if (reader.canReadRaster()) {
                    reader.readRaster(frame, few);
                } else {
                    reader.read(frame, few);
                }
            }
        } catch (IOException | RuntimeException broken) {
            throw notAPicture();
        } finally {
            reader.dispose();
        }
    }

    private static Problem notAPicture() {
        return new Problem(
                        ProblemCode.EVIDENCE_NOT_A_PICTURE,
                        "The file is not a whole picture in JPEG, PNG, GIF or WebP.")
                .with("field", "file");
    }
}
