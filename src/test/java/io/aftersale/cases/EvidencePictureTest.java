package io.aftersale.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvidencePictureTest {
    static Stream<byte[]> whole() {
        return Stream.of(
                EvidenceSamples.jpegWithPlace(6),
                EvidenceSamples.pngWithPlace(),
                EvidenceSamples.gifWithPlace(),
                EvidenceSamples.WEBP_WITH_PLACE,
                EvidenceSamples.WEBP_LOSSLESS,
                EvidenceSamples.WEBP_MOVING);
    }

    @ParameterizedTest
    @MethodSource("whole")
    void a_picture_that_was_taken_once_is_taken_again_as_it_is(byte[] given) {
        var once = EvidencePicture.of(given);

        assertThat(EvidencePicture.of(once.bytes()).bytes()).isEqualTo(once.bytes());
    }

    @ParameterizedTest
    @MethodSource("whole")
    void nothing_that_names_a_place_is_kept(byte[] given) {
        assertThat(text(EvidencePicture.of(given).bytes())).doesNotContain(EvidenceSamples.PLACE);
    }

    @Test
    void the_pixels_stay_as_they_were() throws IOException {
        for (byte[] given : new byte[][] {
            EvidenceSamples.jpegWithPlace(1), EvidenceSamples.pngWithPlace(), EvidenceSamples.gifWithPlace()
        }) {
            assertThat(text(given)).contains(EvidenceSamples.PLACE);
            assertThat(pixels(EvidencePicture.of(given).bytes())).isEqualTo(pixels(given));
        }
    }

    @Test
    void a_webp_stays_but_for_its_metadata() {
        assertThat(text(EvidencePicture.of(EvidenceSamples.WEBP_WITH_PLACE).bytes()))
                .startsWith("RIFF")
                .contains("VP8 ")
                .doesNotContain("EXIF");
        assertThat(EvidencePicture.of(EvidenceSamples.WEBP_LOSSLESS).bytes()).isEqualTo(EvidenceSamples.WEBP_LOSSLESS);
        assertThat(EvidencePicture.of(EvidenceSamples.WEBP_MOVING).bytes()).isEqualTo(EvidenceSamples.WEBP_MOVING);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 6, 8})
    void a_photo_keeps_the_way_it_is_turned(int orientation) {
        byte[] kept =
                EvidencePicture.of(EvidenceSamples.jpegWithPlace(orientation)).bytes();

        String entry = "\1\22\0\3\0\0\0\1\0" + (char) orientation;
        assertThat(text(kept)).contains("Exif\0\0MM\0*\0\0\0\10\0\1" + entry);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 65_535})
    void an_orientation_that_says_nothing_is_left_out(int orientation) {
        assertThat(text(EvidencePicture.of(EvidenceSamples.jpegWithPlace(orientation))
                        .bytes()))
                .doesNotContain("Exif");
    }

    @ParameterizedTest
    @MethodSource("whole")
    void a_picture_cut_off_anywhere_is_none(byte[] given) {
        byte[] whole = EvidencePicture.of(given).bytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> EvidencePicture.of(cut))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.code()).isEqualTo(ProblemCode.EVIDENCE_NOT_A_PICTURE));
        }
    }

    @ParameterizedTest
    @MethodSource("whole")
    void bytes_gone_wrong_are_refused_or_taken_and_never_an_error(byte[] given) {
        var random = new Random(31);
        for (int i = 0; i < 2_000; i++) {
            byte[] odd = given.clone();
            for (int j = 1 + random.nextInt(4); j > 0; j--) {
                odd[random.nextInt(odd.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(EvidencePicture.of(odd).bytes()).isNotEmpty();
            } catch (Problem refused) {
                assertThat(refused.code()).isIn(ProblemCode.EVIDENCE_NOT_A_PICTURE, ProblemCode.EVIDENCE_TOO_DETAILED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u00ff\u00d8\u00ff",
                "GIF89a",
                "RIFF\0\0\0\0WEBP",
                "RIFF\u00ff\u00ff\u00ff\u007fWEBPVP8 \u00ff\u00ff\u00ff\u007f",
                "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
                "<!doctype html><script>alert(1)</script>",
                "%PDF-1.7",
                "GIF89a\1\0\1\0=1;alert(1)//",
                "\u0089PNG\r\n\u001a\n\u007f\u00ff\u00ff\u00ffIHDR"
            })
    void what_is_no_picture_is_refused(String content) {
        assertThatThrownBy(() -> EvidencePicture.of(content.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.EVIDENCE_NOT_A_PICTURE));
    }

    @Test
    void a_small_file_that_would_unfold_into_too_many_pixels_is_refused_before_it_does() {
        for (byte[] bomb : new byte[][] {
            EvidenceSamples.pngThatClaims(20_000, 20_000),
            EvidenceSamples.pngThatClaims(1, 20_001),
            EvidenceSamples.pngThatClaims(Integer.MAX_VALUE, Integer.MAX_VALUE)
        }) {
            assertThatThrownBy(() -> EvidencePicture.of(bomb))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.code()).isEqualTo(ProblemCode.EVIDENCE_TOO_DETAILED));
        }
    }

    @Test
    void a_large_photo_is_taken() {
        var picture = EvidencePicture.of(EvidenceSamples.jpeg(8_000, 6_000));

        assertThat(picture.format()).isEqualTo(EvidenceFormat.JPEG);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static int[] pixels(byte[] bytes) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
