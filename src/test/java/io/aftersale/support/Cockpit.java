package io.aftersale.support;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process owner in front of the real Cockpit, who looks at the diagram of a flow. */
public final class Cockpit implements AutoCloseable {
    private static final int MOST_MILLIS = 60_000;

    private final Page page;
    private final int port;
    private final List<String> mishaps = new ArrayList<>();

    private Cockpit(Page page, int port) {
        this.page = page;
        this.port = port;
        page.setDefaultTimeout(MOST_MILLIS);
        page.onPageError(error -> mishaps.add("script error: " + error));
        page.onResponse(response -> {
            if (response.status() >= 500) {
                mishaps.add(response.status() + " " + response.url());
            }
        });
    }

    public static Cockpit login(Chromium chromium, int port, String user, String locale) {
        Page page = chromium.browser()
                .newPage(new Browser.NewPageOptions()
                        .setViewportSize(1600, 900)
                        .setLocale(locale)
                        .setTimezoneId("Asia/Shanghai"));
        Tasklist.enter(page, port, "cockpit", user, locale);
        return new Cockpit(page, port);
    }

    /** Opens the page of a process definition and waits until its diagram is drawn. */
    public Cockpit opens(String definitionId) {
        page.navigate("http://127.0.0.1:" + port + "/camunda/app/cockpit/default/#/process-definition/" + definitionId);
        assertThat(page.locator(".djs-element").first()).isVisible();
        assertThat(page.locator(".heat-control")).isVisible();
        return this;
    }

    /** Presses a button of the heat map by keyboard; until it is drawn, what it says is that it counts. */
    public Cockpit shows(String measure) {
        Locator button = page.locator(".heat-control")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(measure).setExact(true));
        button.focus();
        page.keyboard().press("Enter");
        assertThat(button).hasAttribute("aria-pressed", "true");
        assertThat(page.locator(".heat-control[aria-busy=false]")).hasCount(1);
        return this;
    }

    /** What the badge of a step says; empty where it has none. */
    public String badgeOf(String element) {
        Locator badge = page.locator("[data-container-id=" + element + "] .heat-badge");
        return badge.count() == 0 ? "" : badge.innerText();
    }

    /** How many elements of a kind there are. */
    public int number(String selector) {
        return page.locator(selector).count();
    }

    public String control() {
        return page.locator(".heat-control").innerText();
    }

    public Cockpit photographs(Path file) {
        assertThat(page.locator(".ctn-content-bottom a[href*='/process-instance/']")
                        .first())
                .isVisible();
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
        return this;
    }

    /** Script errors and answers of 500 and above so far. */
    public List<String> mishaps() {
        return List.copyOf(mishaps);
    }

    @Override
    public void close() {
        page.close();
    }
}
