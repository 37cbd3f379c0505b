package io.aftersale.support;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;

/** The warehouse's page at {@code /warehouse} in a real browser, as somebody sees it who has parcels in their hands. */
public final class Dock implements AutoCloseable {
    private final Page page;

    private Dock(Page page) {
        this.page = page;
    }

    /** The login is the web apps' own. */
    public static Dock login(Chromium chromium, int port, String user) {
        Page page = chromium.browser().newPage(new Browser.NewPageOptions().setLocale("en-US"));
        page.setDefaultTimeout(60_000);
        Tasklist.enter(page, port, "tasklist", user, "en-US");
        page.navigate("http://127.0.0.1:" + port + "/warehouse");
        return new Dock(page);
    }

    /** Scans a number and says what the page answers. */
    public String scans(String number) {
        page.locator("#parcel").fill(number);
        page.locator("#parcel").press("Enter");
        assertThat(page.locator("#receipt-result")).containsText(number);
        return page.locator("#receipt-result").innerText();
    }

    /** The case whose pictures would be added now. */
    public String pictured() {
        return page.locator("#number").inputValue();
    }

    @Override
    public void close() {
        page.close();
    }
}
