package io.aftersale.reviews;

import java.util.List;

/**
 * What the scan found in a text. It was given the words and who wrote them, and nothing else: no stars, no mood.
 *
 * @param ratePerHour how many texts this author has written in the last hour, this one included
 */
record Scan(
        Severity severity,
        boolean contactInfo,
        boolean nearDuplicate,
        boolean starOnly,
        long ratePerHour,
        List<Finding> findings) {
    /** How much a word matters: DENY asks for an edit, FLAG for a person. */
    enum Severity {
        NONE,
        FLAG,
        DENY
    }

    /** What kind of thing was found, and what it was. */
    record Finding(Kind kind, String detail) {}

    /** What a finding is, in words that moderators read. */
    enum Kind {
        DENIED_WORD("Denied word 违禁词"),
        FLAGGED_WORD("Doubtful word 疑似敏感词"),
        CONTACT("Contact data or link 联系方式或链接"),
        NEAR_DUPLICATE("Like another text 与其他内容雷同");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
