package io.aftersale.reviews;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftersale.reviews.Rating.Fraction;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The rating of a product as it is shown. Without reviews the count is 0, the histogram empty and the rest null: never 0
 * stars and never 5.
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record RatingView(
        String sku,
        long count,
        BigDecimal mean,
        String meanExact,
        BigDecimal variance,
        String varianceExact,
        BigDecimal sampleVariance,
        String sampleVarianceExact,
        Map<String, Long> histogram,
        BigDecimal bayesianMean,
        String bayesianMeanExact,
        BigDecimal wilsonLowerBound) {
    static RatingView of(String sku, Rating rating) {
        var histogram = new LinkedHashMap<String, Long>();
        for (int stars = 1; stars <= rating.counts().size(); stars++) {
            histogram.put(String.valueOf(stars), rating.counts().get(stars - 1));
        }
        return new RatingView(
                sku,
                rating.count(),
                or(rating.mean(), Fraction::rounded),
                or(rating.mean(), Fraction::exact),
                or(rating.variance(), Fraction::rounded),
                or(rating.variance(), Fraction::exact),
                or(rating.sampleVariance(), Fraction::rounded),
                or(rating.sampleVariance(), Fraction::exact),
                histogram,
                or(rating.bayesianMean(), Fraction::rounded),
                or(rating.bayesianMean(), Fraction::exact),
                rating.wilsonLowerBound());
    }

    private static <T> T or(Fraction fraction, Function<Fraction, T> view) {
        return fraction == null ? null : view.apply(fraction);
    }
}
