package io.aftersale.reviews;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Reviews that people really wrote, from the folder that the property {@code real.data} names. */
record RealReviews(String category, boolean isPositive, String text) {
    static List<RealReviews> in(Path folder) {
        try (var lines = CsvReader.builder().ofNamedCsvRecord(folder.resolve("reviews.csv"))) {
            return lines.stream()
                    .map(line -> new RealReviews(
                            line.getField("category"), line.getField("positive").equals("1"), line.getField("text")))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
