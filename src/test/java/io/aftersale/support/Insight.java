package io.aftersale.support;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** A person who is logged in to the web apps and looks at the page of figures. */
public final class Insight implements AutoCloseable {
    private final Page page;
    private final int port;
    private final List<String> mishaps = new ArrayList<>();

    private Insight(Page page, int port) {
        this.page = page;
        this.port = port;
        page.onPageError(error -> mishaps.add("script error: " + error));
        page.onConsoleMessage(said -> {
            if (said.type().equals("error") && !said.text().contains("Failed to load resource")) {
                mishaps.add(said.text());
            }
        });
    }

    /** @param locale such as {@code zh-CN}; the login is the web apps' own */
    public static Insight login(Chromium chromium, int port, String user, String locale, ColorScheme theme, int width) {
        Page page = chromium.browser()
                .newPage(new Browser.NewPageOptions()
                        .setViewportSize(width, 900)
                        .setLocale(locale)
                        .setColorScheme(theme)
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setTimezoneId(Tasklist.FAR_FROM_THE_MARKET));
        page.setDefaultTimeout(60_000);
        Tasklist.enter(page, port, user.equals("owner") ? "cockpit" : "tasklist", user, locale);
        return new Insight(page, port);
    }

    public Insight opens() {
        page.navigate("http://127.0.0.1:" + port + "/insight");
        return waits();
    }

    /** Until the figures, or a reason why there are none, are there. */
    public Insight waits() {
        assertThat(page.locator("#figures[aria-busy=false]")).hasCount(1);
        return this;
    }

    public Insight choosesMerchant(String merchant) {
        page.locator("#merchant").selectOption(merchant);
        return waits();
    }

    public Insight asks(LocalDate from, LocalDate to) {
        page.locator("#from").fill(from.toString());
        page.locator("#to").fill(to.toString());
        page.locator("#question button[type=submit]").click();
        return waits();
    }

    /** Goes from one control to the next with the keyboard until one of this name has the focus, and presses Enter. */
    public Insight goesByKeyboardTo(String name) {
        for (int presses = 0; presses < 60; presses++) {
            page.keyboard().press("Tab");
            if (name.equals(page.evaluate("document.activeElement.textContent.trim()"))) {
                page.keyboard().press("Enter");
                return this;
            }
        }
        throw new AssertionError("The keyboard does not get to " + name);
    }

    /** Cuts the line to the server for questions. */
    public Insight losesTheServer() {
        page.route("**/api/statistics**", Route::abort);
        return this;
    }

    /** Until the diagram of a flow is drawn and coloured. */
    public Insight seesTheFlow() {
        assertThat(page.locator(".diagram .heat-badge").first()).isVisible();
        return this;
    }

    /** Whether an element is drawn with some size. */
    public boolean isInSight(String selector) {
        var box = page.locator(selector).first().boundingBox();
        return box != null && box.width > 10 && box.height > 10;
    }

    public String text() {
        return page.locator("body").innerText();
    }

    /** What a screen reader says when figures have come. */
    public String spoken() {
        return page.getByRole(AriaRole.STATUS).first().textContent();
    }

    /** How many elements of a kind there are. */
    public int number(String selector) {
        return page.locator(selector).count();
    }

    public Locator section(String title) {
        return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(title))
                .first();
    }

    /** Whether something reaches beyond the side of the window. */
    public boolean isTooWide() {
        return (boolean) page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
    }

    /** How many drawings have something on them. */
    public int drawn() {
        return ((Number) page.evaluate("[...document.querySelectorAll('canvas')].filter(it => it.width > 0 && it"
                        + ".getContext('2d').getImageData(0, 0, it.width, it.height).data.some(n => n > 0)).length"))
                .intValue();
    }

    public Insight photographs(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
        return this;
    }

    /** Takes a picture of the upper part of the page, for a page of words that shows it. */
    public Insight photographsTop(Path file, int height) {
        int width = page.viewportSize().width;
        page.setViewportSize(width, height);
        page.waitForTimeout(500);
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
        page.setViewportSize(width, 900);
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
