package io.aftersale.reviews;

import com.github.houbb.sensitive.word.bs.SensitiveWordBs;
import com.github.houbb.sensitive.word.support.deny.WordDenys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * The words that the scan looks for. Our own short list may send a text back to its author; the large stock list only
 * flags, since it hits innocent words too, and does not flag the everyday words of shops that we list beside it. The
 * stock list takes seconds to load: that happens in the background, and only a scan waits for it.
 */
@Component
class WordLists {
    private static final Logger LOG = LoggerFactory.getLogger(WordLists.class);

    private final List<String> denied;
    private final CompletableFuture<SensitiveWordBs> stock;

    WordLists(
            @Value("${aftersale.reviews.deny-words:classpath:reviews/deny-words.txt}") Resource deny,
            @Value("${aftersale.reviews.everyday-words:classpath:reviews/everyday-words.txt}") Resource everyday) {
        this.denied =
                read(deny).stream().map(word -> NormalText.of(word).dense()).toList();
        List<String> harmless = read(everyday);
        this.stock = CompletableFuture.supplyAsync(() -> load(harmless), work -> {
            var background = new Thread(work, "word-lists");
            background.setDaemon(true);
            background.start();
        });
    }

    /** Waits until everything is loaded; at once, once it is. */
    void awaitLoaded() {
        stock.join();
    }

    /** The words of our own list that stand in a text, disguised or not. */
    Collection<String> denied(NormalText text) {
        return denied.stream().filter(text.dense()::contains).toList();
    }

    /** The words of the stock list that stand in a text. */
    Collection<String> flagged(NormalText text) {
        Set<String> found = new LinkedHashSet<>();
        found.addAll(stock.join().findAll(text.plain()));
        return found;
    }

    private static SensitiveWordBs load(List<String> everyday) {
        long start = System.nanoTime();
        var words = SensitiveWordBs.newInstance()
                .wordDeny(WordDenys.defaults())
                .wordAllow(() -> everyday)
                .enableNumCheck(false)
                .enableEmailCheck(false)
                .enableUrlCheck(false)
                .enableIpv4Check(false)
                .init();
        words.contains(NormalText.of("预热").plain());
        LOG.info("Loaded the word lists in {} ms", (System.nanoTime() - start) / 1_000_000);
        return words;
    }

    /** One word a line; what begins with # is for people. */
    private static List<String> read(Resource list) {
        try {
            return list.getContentAsString(StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The word list " + list + " cannot be read", unreadable);
        }
    }
}
