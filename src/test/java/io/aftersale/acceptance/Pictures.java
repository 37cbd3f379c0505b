package io.aftersale.acceptance;

import io.aftersale.support.Shop;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/** Pictures that shops give as evidence. */
final class Pictures {
    private static final String BOUNDARY = "----picture";

    private Pictures() {}

    /** The id of a fresh small picture. */
    static String uploadedBy(Shop shop) {
        var answer = shop.http()
                .send(shop.http()
                        .request("POST", "/api/evidence")
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .method("POST", BodyPublishers.ofByteArray(form(png()))));
        if (answer.status() != 201) {
            throw new AssertionError("The picture was not taken: " + answer);
        }
        return answer.json().path("id").asText();
    }

    private static byte[] form(byte[] picture) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"mug.png\"\r\n"
                        + "Content-Type: image/png\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(picture);
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }

    private static byte[] png() {
        try {
            var bytes = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", bytes);
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
