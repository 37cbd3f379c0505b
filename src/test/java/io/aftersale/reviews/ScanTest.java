package io.aftersale.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;

/** What the scan sees in words: through disguises, and not more than there is. */
class ScanTest {
    private static final WordLists LISTS = new WordLists(
            new ClassPathResource("reviews/deny-words.txt"), new ClassPathResource("reviews/everyday-words.txt"));

    @ParameterizedTest
    @ValueSource(strings = {"专业代开发票，联系我", "专业代 开 发 票", "专业代\u200b开\u200d发票", "专业代開發票", "专业代-开-发-票", "代\n开\n发\n票"})
    void a_denied_word_is_seen_through_its_disguises(String words) {
        assertThat(LISTS.denied(NormalText.of(words))).containsExactly("代开发票");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "打我13812345678",
                "打我 138 1234 5678",
                "打我138-1234-5678",
                "打我１３８１２３４５６７８",
                "电话010-62345678",
                "微信号：abc_12345",
                "加V xiaoming88",
                "QQ 63410093",
                "威❤信 abc12345",
                "加★V·xiaoming88",
                "写信到 someone@example.com",
                "看 http://t.cn/abc",
                "去 www.example.com 买",
                "去example.top看看"
            })
    void contact_data_and_links_are_seen(String words) {
        assertThat(ContactData.in(NormalText.of(words))).as(words).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "用了2022年买的那台，花了13800元",
                "订单号 20261122093341 已收到",
                "i5-8250u 处理器，8.5寸",
                "微信支付很方便",
                "比上次好多了.com? 没有",
                "第3.5版说明书"
            })
    void what_only_looks_like_contact_data_is_none(String words) {
        assertThat(ContactData.in(NormalText.of(words))).as(words).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"到货很快，包装完好", "太差了，再也不买", "送礼很有面子，特价买的", "比的上专卖店"})
    void everyday_words_are_not_flagged_however_bad_the_opinion(String words) {
        assertThat(LISTS.flagged(NormalText.of(words))).isEmpty();
        assertThat(LISTS.denied(NormalText.of(words))).isEmpty();
    }

    @Test
    void swearing_is_flagged_and_not_denied() {
        assertThat(LISTS.flagged(NormalText.of("店家就是个傻逼"))).isNotEmpty();
        assertThat(LISTS.denied(NormalText.of("店家就是个傻逼"))).isEmpty();
    }

    @Test
    void texts_alike_are_near_and_others_are_not() {
        String one = dense("这款杯子质量很好，釉色均匀，手感也不错，推荐大家购买");
        String alike = dense("这款杯子质量很好，釉色均匀，手感也不错，推荐大家入手");
        String other = dense("物流慢得离谱，等了十天才到，客服也不理人，差评");
        assertThat(Fingerprint.shareMost(one, alike)).isTrue();
        assertThat(Fingerprint.shareMost(one, other)).isFalse();
        assertThat(Fingerprint.distance(Fingerprint.simHash(one), Fingerprint.simHash(one)))
                .isZero();
        assertThat(Fingerprint.distance(Fingerprint.simHash(one), Fingerprint.simHash(other)))
                .isGreaterThan(Fingerprint.MOST_BITS);
        assertThat(Fingerprint.isLongEnough(dense("质量很好，推荐购买"))).isFalse();
    }

    private static String dense(String words) {
        return NormalText.of(words).dense();
    }
}
