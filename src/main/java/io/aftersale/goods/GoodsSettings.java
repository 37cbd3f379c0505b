package io.aftersale.goods;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the stock system and the carrier are, and where buyers send goods to.
 *
 * @param stockUrl the stock system's address, without a slash at the end
 * @param carrierUrl the carrier's
 * @param token our bearer token at both
 * @param address the warehouse's address on return authorizations
 * @param deadline for one call as a whole, at most 15 s
 */
@ConfigurationProperties("aftersale.goods")
record GoodsSettings(
        URI stockUrl,
        URI carrierUrl,
        String token,
        String address,
        @DefaultValue("10s") Duration deadline) {
    private static final Duration LONGEST_DEADLINE = Duration.ofSeconds(15);

    GoodsSettings {
        require(stockUrl, "stock-url");
        require(carrierUrl, "carrier-url");
        require(token, "token");
        require(address, "address");
        if (deadline.compareTo(LONGEST_DEADLINE) > 0) {
            throw new IllegalStateException("aftersale.goods.deadline may be " + LONGEST_DEADLINE + " at most.");
        }
    }

    private static void require(Object value, String name) {
        if (value == null || value.toString().isBlank()) {
            throw new IllegalStateException("Stock system and carrier need aftersale.goods." + name
                    + "; set it in the environment (AFTERSALE_GOODS_"
                    + name.toUpperCase(Locale.ROOT).replace("-", "") + ").");
        }
    }

    /** Keeps the secrets out of every log. */
    @Override
    public String toString() {
        return "stock system at " + stockUrl + ", carrier at " + carrierUrl;
    }
}
