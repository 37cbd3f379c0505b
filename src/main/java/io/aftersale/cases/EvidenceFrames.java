package io.aftersale.cases;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;

/**
 * Counts the frames of a picture and their pixels before anything is decoded, so that a small file cannot unfold into
 * more than we have room for.
 */
class EvidenceFrames {
    /** All frames together; the largest pictures that telephones take by default have 50 million pixels. */
    static final long MOST_PIXELS = 52_000_000;

    static final int LONGEST_SIDE = 20_000;

    private int count;
    private long pixels;

    /** @throws Problem EVIDENCE_TOO_DETAILED */
    void add(int width, int height) {
        check(width, height);
        count++;
        pixels += (long) width * height;
        if (pixels > MOST_PIXELS) {
            throw tooDetailed();
        }
    }

    /** Checks the size of a canvas, which is not a frame of its own. */
    void check(int width, int height) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a frame without pixels");
        }
        if (width > LONGEST_SIDE || height > LONGEST_SIDE || (long) width * height > MOST_PIXELS) {
            throw tooDetailed();
        }
    }

    int count() {
        return count;
    }

    private static Problem tooDetailed() {
        return new Problem(
                        ProblemCode.EVIDENCE_TOO_DETAILED,
                        "A picture has at most " + MOST_PIXELS + " pixels in all its frames, and no side above "
                                + LONGEST_SIDE + ".")
                .with("field", "file");
    }
}
