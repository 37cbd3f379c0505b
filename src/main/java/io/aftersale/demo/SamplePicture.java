package io.aftersale.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * What a buyer of the demo photographs. Each picture is drawn here, from shapes alone, so that no photograph of anybody
 * and no font is needed.
 */
enum SamplePicture {
    CUP {
        @Override
        void draw(Graphics2D g) {
            cup(g);
        }
    },
    CRACKED_CUP {
        @Override
        void draw(Graphics2D g) {
            cup(g);
            g.setColor(new Color(0x3b2f2f));
            g.setStroke(new BasicStroke(5, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            g.draw(line(300, 150, 322, 205, 300, 250, 335, 300, 318, 352));
            g.setStroke(new BasicStroke(3));
            g.draw(line(322, 205, 360, 232, 372, 262));
        }
    },
    DENTED_BOX {
        @Override
        void draw(Graphics2D g) {
            g.setColor(new Color(0xc89b62));
            g.fill(area(140, 190, 420, 150, 660, 200, 660, 420, 390, 480, 140, 420));
            g.setColor(new Color(0xb08350));
            g.fill(area(390, 260, 660, 200, 660, 420, 390, 480));
            g.setColor(new Color(0xdcc08f));
            g.fill(area(240, 170, 320, 160, 560, 222, 480, 240));
            g.setColor(new Color(0x8a6236));
            g.fill(area(140, 300, 205, 330, 190, 390, 140, 400));
            g.setStroke(new BasicStroke(4));
            g.draw(line(140, 300, 205, 330, 190, 390, 140, 400));
            g.draw(line(205, 330, 262, 322));
        }
    },
    SCREEN_WITH_A_DOT {
        @Override
        void draw(Graphics2D g) {
            g.setColor(new Color(0x15181d));
            g.fill(new RoundRectangle2D.Double(280, 60, 250, 480, 40, 40));
            g.setPaint(new GradientPaint(300, 90, new Color(0x18456e), 510, 500, new Color(0x0a1c33)));
            g.fill(new RoundRectangle2D.Double(294, 76, 222, 448, 26, 26));
            g.setColor(new Color(0x9fffb0));
            g.fill(new Ellipse2D.Double(470, 440, 9, 9));
            g.setColor(new Color(0xe23b3b));
            g.setStroke(new BasicStroke(5));
            g.draw(new Ellipse2D.Double(444, 414, 60, 60));
        }
    },
    SPOILED_FRUIT {
        @Override
        void draw(Graphics2D g) {
            var random = new Random(7);
            for (int i = 0; i < 26; i++) {
                double x = 130 + random.nextInt(470);
                double y = 200 + random.nextInt(240);
                g.setColor(i % 3 == 0 ? new Color(0x5b4030) : new Color(0xb3303d));
                g.fill(new Ellipse2D.Double(x, y, 82, 78));
                g.setColor(new Color(255, 255, 255, 60));
                g.fill(new Ellipse2D.Double(x + 16, y + 12, 22, 16));
            }
        }
    },
    LABEL {
        @Override
        void draw(Graphics2D g) {
            g.setColor(new Color(0xf7f4ec));
            g.fill(area(260, 90, 540, 110, 530, 500, 250, 480));
            g.setColor(new Color(0x555555));
            for (int row = 0; row < 9; row++) {
                g.fill(new RoundRectangle2D.Double(285, 150 + row * 34, row % 3 == 1 ? 150 : 215, 12, 6, 6));
            }
            g.setColor(new Color(0xe23b3b));
            g.setStroke(new BasicStroke(5));
            g.draw(new Ellipse2D.Double(270, 205, 250, 50));
        }
    };

    private static final int WIDTH = 800;
    private static final int HEIGHT = 600;

    abstract void draw(Graphics2D g);

    /** The picture as a PNG. */
    byte[] png() {
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        try {
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setPaint(new GradientPaint(0, 0, new Color(0xe9e4da), 0, HEIGHT, new Color(0xb9ab95)));
            g.fillRect(0, 0, WIDTH, HEIGHT);
            g.setColor(new Color(0, 0, 0, 40));
            g.fill(new Ellipse2D.Double(150, 430, 520, 90));
            draw(g);
        } finally {
            g.dispose();
        }
        var png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return png.toByteArray();
    }

    private static void cup(Graphics2D g) {
        g.setColor(new Color(0xe8eef4));
        g.setStroke(new BasicStroke(26));
        g.draw(new Ellipse2D.Double(470, 230, 120, 150));
        g.setPaint(new GradientPaint(230, 0, new Color(0xfbfdff), 520, 0, new Color(0xc9d6e3)));
        g.fill(area(230, 150, 520, 150, 490, 460, 260, 460));
        g.setColor(new Color(0x2f5d9b));
        g.setStroke(new BasicStroke(6));
        g.draw(line(250, 250, 290, 290, 330, 245, 370, 290, 410, 245, 450, 290, 495, 250));
        g.setColor(new Color(0x8fa3b8));
        g.fill(new Ellipse2D.Double(230, 130, 290, 44));
    }

    private static Path2D line(int... points) {
        var path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        return path;
    }

    private static Path2D area(int... points) {
        Path2D path = line(points);
        path.closePath();
        return path;
    }
}
