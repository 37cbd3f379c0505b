package io.aftersale.support;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process owner who is logged in to Cockpit and tries a changed table on the page for it. */
public final class WhatIfPage implements AutoCloseable {
    private final Page page;
    private final List<String> mishaps = new ArrayList<>();

    private WhatIfPage(Page page) {
        this.page = page;
        page.onPageError(error -> mishaps.add("script error: " + error));
    }

    public static WhatIfPage open(Chromium chromium, int port, String locale, ColorScheme theme, int width) {
        Page page = chromium.browser()
                .newPage(new Browser.NewPageOptions()
                        .setViewportSize(width, 900)
                        .setLocale(locale)
                        .setColorScheme(theme)
                        .setReducedMotion(ReducedMotion.REDUCE));
        page.setDefaultTimeout(60_000);
        Tasklist.enter(page, port, "cockpit", "owner", locale);
        var desk = new WhatIfPage(page);
        page.navigate("http://127.0.0.1:" + port + "/rules");
        assertThat(page.locator(".table-card").first()).isVisible();
        return desk;
    }

    public WhatIfPage tries(String table, String file) {
        page.locator(".table-card:has(input[value='" + table + "'])").click();
        page.locator("#file")
                .setInputFiles(
                        new FilePayload(table + ".dmn", "application/xml", file.getBytes(StandardCharsets.UTF_8)));
        page.locator("#try").click();
        assertThat(page.locator("#answer .sums, #answer .notice").first()).isVisible();
        return this;
    }

    public String answer() {
        return page.locator("#answer").innerText();
    }

    public int number(String selector) {
        return page.locator(selector).count();
    }

    /** Whether something reaches beyond the side of the window. */
    public boolean isTooWide() {
        return (boolean) page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
    }

    public WhatIfPage photographs(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
        return this;
    }

    public List<String> mishaps() {
        return List.copyOf(mishaps);
    }

    @Override
    public void close() {
        page.close();
    }
}
