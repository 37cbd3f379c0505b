package io.aftersale.goods;

import io.aftersale.problems.StartRefusedException;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where buyers send goods to.
 *
 * @param address the warehouse's address on return authorizations
 */
@ConfigurationProperties("aftersale.goods")
record GoodsSettings(String address) {
    GoodsSettings {
        if (address == null || address.isBlank()) {
            throw new StartRefusedException(
                    "Returns need aftersale.goods.address; set it in the environment " + "(AFTERSALE_GOODS_ADDRESS).");
        }
    }
}
