package io.aftersale.reviews;

import io.aftersale.problems.Problem;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The legal reasons for which a text may be kept from the public. A bad opinion is none of them. */
enum HideCode {
    ILLEGAL_CONTENT("illegal content 违法内容", "Cybersecurity Law art. 47 《网络安全法》第四十七条"),
    PERSONAL_DATA("personal data 个人信息", "Personal Information Protection Law art. 10 《个人信息保护法》第十条"),
    ABUSE("abuse 辱骂攻击", "Civil Code art. 1024 《民法典》第一千零二十四条"),
    ADVERTISING("advertising 广告", "Internet Advertising Measures 《互联网广告管理办法》"),
    FAKE("made up 虚假评价", "Law Against Unfair Competition art. 8 《反不正当竞争法》第八条"),
    UNRELATED("not about the product 与商品无关", "House policy 本店政策");

    private final String words;
    private final String legalBasis;

    HideCode(String words, String legalBasis) {
        this.words = words;
        this.legalBasis = legalBasis;
    }

    String legalBasis() {
        return legalBasis;
    }

    /** @throws Problem FIELD_MISSING, FIELD_INVALID */
    static HideCode parse(String field, String text) {
        if (text == null || text.isBlank()) {
            throw Problem.missing(field);
        }
        return Arrays.stream(values())
                .filter(it -> it.name().equals(text))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(
                        field,
                        "must be one of "
                                + Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    static String wordsOf(String code) {
        return code == null ? "" : code + " " + valueOf(code).words;
    }
}
