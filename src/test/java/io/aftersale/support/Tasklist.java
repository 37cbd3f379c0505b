package io.aftersale.support;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import com.microsoft.playwright.options.WaitUntilState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A person in front of the real Tasklist, who sees what it shows and clicks what it offers. */
public final class Tasklist implements AutoCloseable {
    /** Where these browsers stand: days and times that they show are the market's all the same. */
    static final String FAR_FROM_THE_MARKET = "Pacific/Honolulu";

    private static final int WIDTH = 1600;
    private static final int HEIGHT = 1000;
    /** A busy machine may take its time. */
    private static final double MOST_MILLIS = 60_000;

    private static final int MOST_LOGINS = 3;

    private final Page page;
    private final Words words;
    private final List<String> mishaps = new ArrayList<>();

    /** What the buttons of Tasklist say in a language. */
    private record Words(String locale, String user, String password, String login, String complete) {
        static final Words ENGLISH = new Words("en-US", "Username", "Password", "Log in", "Complete");
        static final Words CHINESE = new Words("zh-CN", "用户名", "密码", "登录", "完成");
    }

    private Tasklist(Page page, Words words) {
        this.page = page;
        this.words = words;
        page.onDialog(dialog -> {
            mishaps.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onPageError(error -> mishaps.add("script error: " + error));
        page.onResponse(response -> {
            if (response.status() >= 500) {
                mishaps.add(response.status() + " " + response.url());
            }
        });
    }

    public static Tasklist login(Chromium chromium, int port, String user) {
        return login(chromium, port, user, Words.ENGLISH);
    }

    /** The same with a browser that asks for Chinese. */
    public static Tasklist loginInChinese(Chromium chromium, int port, String user) {
        return login(chromium, port, user, Words.CHINESE);
    }

    private static Tasklist login(Chromium chromium, int port, String user, Words words) {
        Page page = chromium.browser()
                .newPage(new Browser.NewPageOptions()
                        .setViewportSize(WIDTH, HEIGHT)
                        .setLocale(words.locale())
                        .setTimezoneId(FAR_FROM_THE_MARKET));
        var tasklist = new Tasklist(page, words);
        enter(page, port, user, words);
        return tasklist;
    }

    /** Logs a browser in by the form of a web app; {@code locale} is the one that it was opened with. */
    static void enter(Page page, int port, String app, String user, String locale) {
        boolean isChinese = app.equals("tasklist") && locale.startsWith("zh");
        comeIn(page, port, app, user, isChinese ? Words.CHINESE : Words.ENGLISH);
        assertThat(page.getByPlaceholder(isChinese ? Words.CHINESE.password() : Words.ENGLISH.password()))
                .hasCount(0);
    }

    private static void enter(Page page, int port, String user, Words words) {
        comeIn(page, port, "tasklist", user, words);
        assertThat(filterItems(page).first()).isVisible();
    }

    private static void comeIn(Page page, int port, String app, String user, Words words) {
        setDefaultAssertionTimeout(MOST_MILLIS);
        // Nobody types before a page is there; until then late answers still hand out sessions.
        page.navigate(
                "http://127.0.0.1:" + port + "/camunda/app/" + app + "/default/",
                new Page.NavigateOptions().setWaitUntil(WaitUntilState.NETWORKIDLE));
        // On a busy machine such an answer can still undo the session of a login: who is asked again logs in again.
        for (int tries = 0; tries < MOST_LOGINS; tries++) {
            page.getByPlaceholder(words.user()).fill(user);
            page.getByPlaceholder(words.password()).fill(user);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(words.login()))
                    .click();
            if (isGone(page.getByPlaceholder(words.password()))) {
                return;
            }
        }
    }

    private static boolean isGone(Locator form) {
        try {
            form.waitFor(new Locator.WaitForOptions()
                    .setState(WaitForSelectorState.HIDDEN)
                    .setTimeout(MOST_MILLIS / MOST_LOGINS));
            return true;
        } catch (TimeoutError stillThere) {
            return false;
        }
    }

    /** The names of the filters that this person sees, from top to bottom. */
    public List<String> filters() {
        return filterItems(page).allInnerTexts().stream()
                .map(name -> name.replaceAll("\\s*\\(?\\d+\\)?\\s*$", "").trim())
                .toList();
    }

    public Tasklist opensFilter(String name) {
        filterItems(page).filter(with(name)).click();
        assertThat(page.locator(".task-filter.active").filter(with(name))).isVisible();
        return this;
    }

    /** What the card of a case says. */
    public String card(String number) {
        return cardOf(number).innerText();
    }

    public boolean hasCard(String number) {
        page.waitForTimeout(1_000);
        return cardOf(number).count() > 0;
    }

    public Tasklist opensCase(String number) {
        cardOf(number).locator(".names a").first().click();
        assertThat(form()).containsText(number);
        return this;
    }

    public Tasklist claims() {
        page.locator("button.claim").click();
        assertThat(form().locator(
                                "input[type=radio], input[type=checkbox], .fjs-form-field-number input, .fjs-form-field-textfield input")
                        .and(page.locator(":not([readonly])"))
                        .first())
                .isEnabled();
        return this;
    }

    /** Fills a number in; a list has one of these fields for each of its entries, counted from 0. */
    public Tasklist counts(String label, int entry, int number) {
        Locator field =
                form().locator(".fjs-form-field-number").filter(with(label)).nth(entry);
        field.locator("input").fill(String.valueOf(number));
        field.locator("input").blur();
        return this;
    }

    /** Ticks a box of a list's entry. */
    public Tasklist ticks(String label, int entry) {
        form().locator(".fjs-form-field-checkbox")
                .filter(with(label))
                .nth(entry)
                .locator("input")
                .check();
        return this;
    }

    public Tasklist chooses(String option) {
        form().getByLabel(option).check();
        return this;
    }

    /** Picks an option of a list that opens on a click. */
    public Tasklist selects(String label, String option) {
        return selects(label, 0, option);
    }

    /** The same in a list, which has one of these fields for each of its entries, counted from 0. */
    public Tasklist selects(String label, int entry, String option) {
        Locator field =
                form().locator(".fjs-form-field-select").filter(with(label)).nth(entry);
        field.locator(".fjs-input-group").click();
        field.locator(".fjs-dropdownlist-item").filter(with(option)).click();
        return this;
    }

    /** What stands in a field. */
    public String written(String label) {
        return form().getByRole(AriaRole.TEXTBOX, new Locator.GetByRoleOptions().setName(label))
                .inputValue();
    }

    public Tasklist writes(String label, String text) {
        form().getByRole(AriaRole.TEXTBOX, new Locator.GetByRoleOptions().setName(label))
                .fill(text);
        return this;
    }

    public Tasklist completes() {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(words.complete()))
                .click();
        assertThat(form()).hasCount(0);
        return this;
    }

    /** What the form shows, its read-only fields included. */
    public String formText() {
        var text = new StringBuilder(form().innerText());
        form().locator("textarea:disabled")
                .all()
                .forEach(field -> text.append('\n').append(field.inputValue()));
        return text.toString();
    }

    /** All that can be read on the page. */
    public String page() {
        return page.locator("body").innerText();
    }

    public String title() {
        return page.title();
    }

    public Locator form() {
        return page.locator(".fjs-form");
    }

    /** Goes where a link of the form leads. */
    public Page follows(String link) {
        form().getByText(link).click();
        return page;
    }

    /** Waits until so many pictures of the form have arrived and can be seen. */
    public Tasklist seesPictures(int number) {
        page.waitForFunction(
                "number => [...document.querySelectorAll('.pictures img')].filter(it => it.naturalWidth > 0).length"
                        + " === number",
                number);
        return this;
    }

    /** Opens the tab beside the form that shows the whole case, and waits until it is read. */
    public Tasklist opensWholeCase(String name) {
        opensTab(name);
        assertThat(page.locator(".story[aria-busy=false] .story-head")).isVisible();
        return this;
    }

    /** A part of the whole case, by its heading. */
    public Locator part(String heading) {
        return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(heading))
                .first();
    }

    /** What the tab with the whole case says above its parts. */
    public String head() {
        return page.locator(".story-head").innerText();
    }

    /** Opens the first picture of the case by keyboard, goes on to the next, and closes it again. */
    public Tasklist looksThroughPictures(String first, String next) {
        page.locator(".story-picture").first().focus();
        page.keyboard().press("Enter");
        Locator large = page.locator(".story-dialog img");
        assertThat(large).hasAttribute("alt", first);
        page.keyboard().press("ArrowRight");
        assertThat(large).hasAttribute("alt", next);
        page.waitForFunction("document.querySelector('.story-dialog img').naturalWidth > 0");
        page.keyboard().press("Escape");
        assertThat(large).hasCount(0);
        return this;
    }

    /** Takes a picture of the window with so much of the case as has room. */
    public Tasklist photographsCase(Path file, int height) {
        page.setViewportSize(WIDTH, height);
        page.waitForFunction("[...document.querySelectorAll('.story-picture img')].every(it => it.naturalWidth > 0)");
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
        page.setViewportSize(WIDTH, HEIGHT);
        return this;
    }

    /** Cuts the line to the server for what the tab asks. */
    public Tasklist losesTheServer() {
        page.route("**/api/tasks/**", Route::abort);
        return this;
    }

    /** What the tab says where it has no case to show. */
    public String failure() {
        return page.locator(".story [role=alert]").innerText();
    }

    public Tasklist opensTab(String name) {
        page.locator(".nav-tabs").getByText(name).click();
        return this;
    }

    /** Takes a picture of the whole form, however long, with what stands around it. */
    public Tasklist photographs(Path file) {
        int needed = ((Number) page.evaluate("document.querySelector('.fjs-form').scrollHeight")).intValue();
        page.setViewportSize(WIDTH, Math.max(HEIGHT, needed + 400));
        page.evaluate("document.querySelectorAll('*').forEach(it => { if (it.scrollTop > 0) it.scrollTop = 0; })");
        page.waitForTimeout(500);
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
        page.setViewportSize(WIDTH, HEIGHT);
        return this;
    }

    /** Dialogs, script errors and answers of 500 and above so far. */
    public List<String> mishaps() {
        return List.copyOf(mishaps);
    }

    @Override
    public void close() {
        page.close();
    }

    private Locator cardOf(String number) {
        return page.locator(".tasks-list > li.task").filter(with(number));
    }

    private static Locator filterItems(Page page) {
        return page.locator(".task-filter");
    }

    private static Locator.FilterOptions with(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
