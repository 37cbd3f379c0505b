package io.aftersale.reviews;

import com.github.houbb.opencc4j.util.ZhConverterUtil;
import java.text.Normalizer;
import java.util.Locale;

/**
 * A text without its disguises: NFKC (full-width letters, ligatures), lower case, no zero-width or other invisible
 * characters, traditional characters as simplified ones. What is published is always the original.
 *
 * @param plain with single blanks where any were
 * @param tight without blanks
 * @param dense letters and digits only
 */
record NormalText(String plain, String tight, String dense) {
    static NormalText of(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        var plain = new StringBuilder(folded.length());
        var tight = new StringBuilder(folded.length());
        var dense = new StringBuilder(folded.length());
        String simple = ZhConverterUtil.toSimple(visible(folded));
        simple.codePoints().forEach(it -> {
            if (Character.isWhitespace(it) || Character.isSpaceChar(it)) {
                if (!plain.isEmpty() && plain.charAt(plain.length() - 1) != ' ') {
                    plain.append(' ');
                }
                return;
            }
            plain.appendCodePoint(it);
            tight.appendCodePoint(it);
            if (Character.isLetterOrDigit(it)) {
                dense.appendCodePoint(it);
            }
        });
        return new NormalText(plain.toString(), tight.toString(), dense.toString());
    }

    private static String visible(String text) {
        var visible = new StringBuilder(text.length());
        text.codePoints()
                .filter(it -> Character.getType(it) != Character.FORMAT
                        && Character.getType(it) != Character.NON_SPACING_MARK)
                .forEach(visible::appendCodePoint);
        return visible.toString();
    }
}
