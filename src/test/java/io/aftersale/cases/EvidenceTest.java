package io.aftersale.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import io.aftersale.support.Http;
import io.aftersale.support.RunningApp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@RunningApp
class EvidenceTest {
    private static final int MIB = 1024 * 1024;

    @LocalServerPort
    int port;

    @Autowired
    Evidence evidence;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    @Test
    void a_shop_uploads_a_picture_and_reads_it_back() throws Exception {
        var taken = upload("shop", EvidenceSamples.jpegWithPlace(6));

        assertThat(taken.status()).as(taken.toString()).isEqualTo(201);
        String id = taken.json().path("id").asText();
        assertThat(id).matches("EV-[0-9a-f]{32}");
        assertThat(taken.header("Location")).isEqualTo("/api/evidence/" + id);
        assertThat(taken.json().path("mediaType").asText()).isEqualTo("image/jpeg");

        var read = Http.as(port, "shop").fetch("/api/evidence/" + id);

        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(taken.json().path("bytes").asInt()).isEqualTo(read.body().length);
        assertThat(taken.json().path("sha256").asText()).isEqualTo(sha256(read.body()));
        assertThat(ImageIO.read(new ByteArrayInputStream(read.body())).getWidth())
                .isEqualTo(64);
        assertThat(new String(read.body(), StandardCharsets.ISO_8859_1)).doesNotContain(EvidenceSamples.PLACE);
    }

    @Test
    void a_browser_is_told_to_take_a_picture_for_nothing_else() {
        String id = idOf(upload("shop", EvidenceSamples.png(20, 20)));

        var read = Http.as(port, "shop").get("/api/evidence/" + id);

        assertThat(read.header("Content-Type")).isEqualTo("image/png");
        assertThat(read.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(read.header("Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
        assertThat(read.header("Content-Disposition")).isEqualTo("inline; filename=\"" + id + ".png\"");
        assertThat(read.header("Cache-Control")).contains("private");
        var again = Http.as(port, "shop")
                .request("GET", "/api/evidence/" + id)
                .header("If-None-Match", read.header("ETag"));
        assertThat(Http.as(port, "shop").send(again).status()).isEqualTo(304);
    }

    @Test
    void the_type_is_told_by_the_content_and_not_by_the_sender() {
        assertThat(mediaType(EvidenceSamples.jpeg(10, 10))).isEqualTo("image/jpeg");
        assertThat(mediaType(EvidenceSamples.png(10, 10))).isEqualTo("image/png");
        assertThat(mediaType(EvidenceSamples.gif(10, 10))).isEqualTo("image/gif");
        assertThat(mediaType(EvidenceSamples.WEBP_WITH_PLACE)).isEqualTo("image/webp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "just words",
                "",
                "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
                "<html><body onload=alert(1)>"
            })
    void what_is_no_picture_is_refused_whatever_it_is_called(String content) {
        var answer = upload("shop", content.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("evidence-not-a-picture");
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void half_a_picture_is_none() {
        byte[] whole = EvidenceSamples.png(200, 200);

        var answer = upload("shop", Arrays.copyOf(whole, whole.length / 2));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("evidence-not-a-picture");
    }

    @Test
    void a_picture_that_would_unfold_into_too_much_is_refused() {
        var answer = upload("shop", EvidenceSamples.pngThatClaims(19_999, 19_999));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("evidence-too-detailed");
    }

    @Test
    void five_mebibytes_are_taken_and_no_byte_more() {
        byte[] large = EvidenceSamples.pngAbove(4 * MIB);
        byte[] justTaken = Arrays.copyOf(large, 5 * MIB);
        assertThat(upload("shop", justTaken).status()).isEqualTo(201);

        for (int bytes : new int[] {5 * MIB + 1, 6 * MIB, 9 * MIB}) {
            byte[] tooLarge = Arrays.copyOf(large, bytes);
            for (boolean chunked : new boolean[] {false, true}) {
                var answer = upload("shop", tooLarge, chunked);
                assertThat(answer.status()).as(answer.toString()).isEqualTo(413);
                assertThat(answer.code()).isEqualTo("request-too-large");
                assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            }
        }
    }

    @Test
    void a_body_that_is_no_upload_is_refused_by_what_is_wrong_with_it() {
        var shop = Http.as(port, "shop");

        assertThat(shop.post("/api/evidence", "{}").status()).isEqualTo(415);
        var other = shop.send(shop.request("POST", "/api/evidence")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .method("POST", multipart("picture", EvidenceSamples.png(5, 5), false)));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("field-missing");
        for (String contentType : List.of("multipart/form-data", "multipart/form-data; boundary=x")) {
            var broken = shop.send(shop.request("POST", "/api/evidence")
                    .header("Content-Type", contentType)
                    .method("POST", BodyPublishers.ofString("--x\r\nnothing")));
            assertThat(broken.status()).as(broken.toString()).isEqualTo(400);
            assertThat(broken.code()).isEqualTo("malformed-request");
        }
    }

    @Test
    void another_merchants_picture_is_as_good_as_none() {
        String id = idOf(upload("shop", EvidenceSamples.png(20, 20)));

        for (String asked : List.of(id, "EV-" + "0".repeat(32), "EV-1", "EV-%00", "1%27%20or%201=1")) {
            var answer = Http.as(port, "shop2").get("/api/evidence/" + asked);
            assertThat(answer.status()).as(answer.toString()).isIn(400, 404);
            if (answer.status() == 404) {
                assertThat(answer.code()).isEqualTo("evidence-not-found");
            }
        }
    }

    @Test
    void staff_look_at_pictures_of_their_merchants_by_either_login() {
        String one = idOf(upload("shop", EvidenceSamples.png(20, 20)));
        String two = idOf(upload("shop2", EvidenceSamples.gif(20, 20)));
        var browser = Http.inBrowser(port, "reviewer", "tasklist");

        for (String id : List.of(one, two)) {
            assertThat(Http.as(port, "reviewer").get("/api/evidence/" + id).status())
                    .isEqualTo(200);
            assertThat(browser.get("/api/evidence/" + id).status()).isEqualTo(200);
        }
        assertThat(Http.stranger(port).get("/api/evidence/" + one).status()).isEqualTo(401);
    }

    @Test
    void strangers_and_staff_upload_nothing() {
        byte[] picture = EvidenceSamples.png(5, 5);
        var stranger = Http.stranger(port);

        assertThat(upload("reviewer", picture).status()).isEqualTo(403);
        assertThat(stranger.send(stranger.request("POST", "/api/evidence")
                                .header("Content-Type", "multipart/form-data; boundary=x")
                                .method("POST", multipart("file", picture, false)))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void a_case_takes_nine_pictures_and_not_the_tenth() {
        String number = aNumber();
        List<String> nine = uploads(9);
        String tenth = uploads(1).get(0);

        assertThat(attach(number, nine.subList(0, 4))).isEqualTo(nine.subList(0, 4));
        attach(number, nine.subList(4, 9));
        assertRefused(number, List.of(tenth), ProblemCode.EVIDENCE_TOO_MANY);

        assertThat(evidence.of(number)).extracting(EvidenceView::id).containsExactlyElementsOf(nine);
        attach(aNumber(), List.of(tenth));
    }

    @Test
    void ten_at_once_are_refused_and_none_of_them_is_kept() {
        String number = aNumber();

        assertRefused(number, uploads(10), ProblemCode.EVIDENCE_TOO_MANY);

        assertThat(evidence.of(number)).isEmpty();
    }

    @Test
    void a_picture_given_twice_is_on_the_case_once() {
        String number = aNumber();
        String id = uploads(1).get(0);

        attach(number, List.of(id, id));
        attach(number, List.of(id));

        assertThat(evidence.of(number)).extracting(EvidenceView::id).containsExactly(id);
    }

    @Test
    void a_picture_is_on_one_case_only() {
        String id = uploads(1).get(0);
        attach(aNumber(), List.of(id));

        assertRefused(aNumber(), List.of(id), ProblemCode.EVIDENCE_TAKEN);
    }

    @Test
    void a_picture_that_is_not_the_merchants_is_unknown() {
        String number = aNumber();
        String foreign = idOf(upload("shop2", EvidenceSamples.png(5, 5)));
        var odd = new ArrayList<>(List.of(foreign, "EV-1", "", "EV-" + "0".repeat(32), "EV-\0"));
        odd.add(null);

        for (String id : odd) {
            assertRefused(number, Collections.singletonList(id), ProblemCode.EVIDENCE_UNKNOWN);
        }
        assertThat(attach(number, List.of())).isEmpty();
    }

    @Test
    void an_application_brings_its_pictures_along() {
        var shop = Http.as(port, "shop");
        String order = "O-" + UUID.randomUUID();
        assertThat(shop.put("/api/orders/" + order, """
                        {"buyerId":"B-1","currency":"CNY","placedAt":"%1$s","paidAt":"%1$s","shippedAt":"%1$s",
                         "deliveredAt":"%1$s","shippingPaidMinor":0,
                         "lines":[{"lineId":"1","sku":"MUG-01","title":"Mug","category":"home","quantity":1,
                                   "paidMinor":90000,"warrantyMonths":0}],
                         "tenders":[{"tenderId":"T-1","method":"WALLET","amountMinor":90000}]}
                        """.formatted(
                                        clock.instant().minus(Duration.ofDays(1))))
                        .status())
                .isEqualTo(201);
        List<String> ids = uploads(2);

        var unknown = apply(shop, order, List.of("EV-" + "0".repeat(32)));
        assertThat(unknown.status()).as(unknown.toString()).isEqualTo(422);
        assertThat(unknown.code()).isEqualTo("evidence-unknown");

        var made = apply(shop, order, ids);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.json().path("evidence")).extracting(id -> id.asText()).containsExactlyElementsOf(ids);
    }

    private static Http.Answer apply(Http shop, String order, List<String> ids) {
        return shop.send(shop.request("POST", "/api/cases")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", "application/json")
                .method("POST", BodyPublishers.ofString("""
                        {"kind":"REFUND","orderId":"%s","buyerId":"B-1","lines":[{"lineId":"1","quantity":1}],
                         "reason":"DAMAGED","description":"broken","payTo":{"method":"ORIGINAL"},
                         "evidence":["%s"]}""".formatted(order, String.join("\",\"", ids)))));
    }

    @Test
    void an_upload_that_no_case_took_is_forgotten_after_thirty_days() {
        List<String> ids = uploads(3);
        attach(aNumber(), ids.subList(0, 1));
        age(ids.get(0), Duration.ofDays(31));
        age(ids.get(1), Duration.ofDays(31));
        age(ids.get(2), Duration.ofDays(29));

        evidence.forgetUnattached();

        assertThat(ids.stream()
                        .map(id ->
                                Http.as(port, "shop").get("/api/evidence/" + id).status()))
                .containsExactly(200, 404, 200);
    }

    private void age(String id, Duration by) {
        jdbc.sql("update evidence set uploaded_at = ? where evidence_id = ?")
                .params(Times.column(clock.instant().minus(by)), id)
                .update();
    }

    private List<String> attach(String number, List<String> ids) {
        return transaction.execute(status -> evidence.attach("M-1", number, ids));
    }

    private void assertRefused(String number, List<String> ids, ProblemCode code) {
        assertThatThrownBy(() -> attach(number, ids))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private List<String> uploads(int count) {
        var ids = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            ids.add(idOf(upload("shop", EvidenceSamples.png(5 + i, 5))));
        }
        return ids;
    }

    private static String aNumber() {
        return "AS-T-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private String mediaType(byte[] picture) {
        return upload("shop", picture).json().path("mediaType").asText();
    }

    private static String idOf(Http.Answer taken) {
        assertThat(taken.status()).as(taken.toString()).isEqualTo(201);
        return taken.json().path("id").asText();
    }

    private Http.Answer upload(String user, byte[] content) {
        return upload(user, content, false);
    }

    private Http.Answer upload(String user, byte[] content, boolean chunked) {
        var http = Http.as(port, user);
        return http.send(http.request("POST", "/api/evidence")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .method("POST", multipart("file", content, chunked)));
    }

    /** The sender calls everything a picture from the web. */
    private static BodyPublisher multipart(String name, byte[] content, boolean chunked) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(("--x\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"../a.svg\"\r\n"
                        + "Content-Type: image/svg+xml\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(content);
        out.writeBytes("\r\n--x--\r\n".getBytes(StandardCharsets.US_ASCII));
        return chunked
                ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(out.toByteArray()))
                : BodyPublishers.ofByteArray(out.toByteArray());
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
