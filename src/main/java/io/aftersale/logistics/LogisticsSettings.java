package io.aftersale.logistics;

import io.aftersale.problems.StartRefusedException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the stock system, the warehouse and the carrier are, and how they prove who they are.
 *
 * @param stockUrl the stock system's address, without a slash at the end
 * @param warehouseUrl the warehouse's, where goods are put away; the stock system's where they are one
 * @param carrierUrl the carrier's
 * @param token our bearer token at all of them
 * @param carrierSecret signs what the carrier tells us
 * @param warehouseSecret signs what the warehouse tells us
 * @param deadline for one call as a whole, at most 15 s
 */
@ConfigurationProperties("aftersale.logistics")
record LogisticsSettings(
        URI stockUrl,
        URI warehouseUrl,
        URI carrierUrl,
        String token,
        String carrierSecret,
        String warehouseSecret,
        @DefaultValue("10s") Duration deadline) {
    private static final Duration LONGEST_DEADLINE = Duration.ofSeconds(15);
    private static final int LOCK_PER_DEADLINE = 10;

    LogisticsSettings {
        require(stockUrl, "stock-url");
        warehouseUrl = warehouseUrl == null ? stockUrl : warehouseUrl;
        require(carrierUrl, "carrier-url");
        require(token, "token");
        require(carrierSecret, "carrier-secret");
        require(warehouseSecret, "warehouse-secret");
        if (deadline.compareTo(LONGEST_DEADLINE) > 0) {
            throw new StartRefusedException("aftersale.logistics.deadline may be " + LONGEST_DEADLINE + " at most.");
        }
    }

    /** A job whose lock runs out while it waits for an answer is begun again by others. */
    void checkAgainst(Duration jobLock) {
        if (jobLock.compareTo(deadline.multipliedBy(LOCK_PER_DEADLINE)) < 0) {
            throw new StartRefusedException("The job lock of " + jobLock + " is shorter than " + LOCK_PER_DEADLINE
                    + " times aftersale.logistics.deadline of " + deadline
                    + "; lengthen the lock or shorten the deadline.");
        }
    }

    private static void require(Object value, String name) {
        if (value == null || value.toString().isBlank()) {
            throw new StartRefusedException("Stock system, carrier and warehouse need aftersale.logistics." + name
                    + "; set it in the environment (AFTERSALE_LOGISTICS_"
                    + name.toUpperCase(Locale.ROOT).replace("-", "") + ").");
        }
    }

    /** Keeps the secrets out of every log. */
    @Override
    public String toString() {
        return "stock system at " + stockUrl + ", warehouse at " + warehouseUrl + ", carrier at " + carrierUrl;
    }
}
