package io.aftersale.support;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/** Pictures that a buyer might send: drawn here, uploaded by the shop. */
public final class Pictures {
    private Pictures() {}

    /** A mug with a crack. */
    public static byte[] crackedMug() {
        var image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setPaint(new GradientPaint(0, 0, new Color(236, 229, 218), 0, 480, new Color(205, 190, 168)));
        pen.fillRect(0, 0, 640, 480);
        pen.setColor(new Color(150, 130, 108));
        pen.fillOval(170, 380, 300, 50);
        pen.setStroke(new BasicStroke(26));
        pen.setColor(new Color(240, 244, 250));
        pen.drawOval(380, 190, 110, 130);
        pen.setPaint(new GradientPaint(190, 0, new Color(248, 250, 253), 430, 0, new Color(205, 216, 232)));
        pen.fillRoundRect(190, 120, 240, 290, 40, 40);
        pen.setColor(new Color(44, 82, 152));
        pen.setStroke(new BasicStroke(6));
        pen.drawLine(196, 170, 424, 170);
        pen.drawLine(196, 360, 424, 360);
        for (int petal = 0; petal < 6; petal++) {
            double angle = petal * Math.PI / 3;
            pen.fillOval((int) (292 + 34 * Math.cos(angle)), (int) (247 + 34 * Math.sin(angle)), 36, 36);
        }
        var crack = new Path2D.Double();
        crack.moveTo(250, 120);
        crack.lineTo(268, 160);
        crack.lineTo(248, 205);
        crack.lineTo(280, 250);
        crack.lineTo(262, 300);
        crack.lineTo(290, 340);
        pen.setColor(new Color(60, 45, 40));
        pen.setStroke(new BasicStroke(4));
        pen.draw(crack);
        pen.dispose();
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpeg", out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** Uploads a picture; returns its id. */
    public static String upload(Http shop, byte[] picture) {
        var taken = send(shop, "/api/evidence", picture);
        if (taken.status() != 201) {
            throw new AssertionError("The picture was not taken: " + taken);
        }
        return taken.json().path("id").asText();
    }

    /** Sends a picture as the file of a form. */
    public static Http.Answer send(Http http, String path, byte[] picture) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"mug.jpg\"\r\n"
                        + "Content-Type: image/jpeg\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(picture);
        body.writeBytes("\r\n--x--\r\n".getBytes(StandardCharsets.US_ASCII));
        return http.send(http.request("POST", path)
                .header("Content-Type", "multipart/form-data; boundary=x")
                .method("POST", BodyPublishers.ofByteArray(body.toByteArray())));
    }
}
