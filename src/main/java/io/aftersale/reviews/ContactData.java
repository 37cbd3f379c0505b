package io.aftersale.reviews;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/** Finds what leads readers elsewhere or tells how to reach somebody: numbers of phones and messengers, mail, links. */
final class ContactData {
    /** Found with all blanks taken out, so that a number in pieces is one too. */
    private static final List<Pattern> PATTERNS = List.of(
            Pattern.compile("(?<!\\d)(?:\\+?86-?)?1[3-9]\\d[\\-.]?\\d{4}[\\-.]?\\d{4}(?!\\d)"),
            Pattern.compile("(?<!\\d)0\\d{2,3}-\\d{7,8}(?!\\d)"),
            messenger("[:,;是为=\\-]{0,2}[a-z0-9][a-z0-9_\\-]{4,19}"),
            Pattern.compile("[a-z0-9][a-z0-9._%+\\-]*@[a-z0-9\\-]+(?:\\.[a-z0-9\\-]+)*\\.[a-z]{2,}"));

    /** Found among letters and digits alone, since a heart within the word hides it from nobody. */
    private static final Pattern DISGUISED = messenger("[是为]?[a-z0-9]{5,20}");

    /** Found with blanks, since without them two words would look like an address. */
    private static final List<Pattern> LINKS = List.of(
            Pattern.compile("https?://\\S+"),
            Pattern.compile("(?<![a-z0-9])www\\.[a-z0-9\\-]+\\.[a-z]{2,}"),
            Pattern.compile(
                    "(?<![a-z0-9.])[a-z0-9][a-z0-9\\-]*\\.(?:com|cn|net|org|cc|top|xyz|vip|shop|ltd|tv|info)(?![a-z0-9])"));

    private ContactData() {}

    static Collection<String> in(NormalText text) {
        var found = new LinkedHashSet<String>();
        PATTERNS.forEach(pattern -> pattern.matcher(text.tight()).results().forEach(it -> found.add(it.group())));
        if (found.isEmpty()) {
            DISGUISED.matcher(text.dense()).results().forEach(it -> found.add(it.group()));
        }
        LINKS.forEach(pattern -> pattern.matcher(text.plain()).results().forEach(it -> found.add(it.group())));
        return found;
    }

    private static Pattern messenger(String id) {
        return Pattern.compile("(?:微信|薇信|威信|weixin|wechat|vx|加v|qq|扣扣|企鹅号|旺旺)(?:号码|号|群)?" + id);
    }
}
