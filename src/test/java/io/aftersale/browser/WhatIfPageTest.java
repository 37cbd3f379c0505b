package io.aftersale.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.options.ColorScheme;
import io.aftersale.support.Chromium;
import io.aftersale.support.Given;
import io.aftersale.support.Owner;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Screenshots;
import io.aftersale.support.Shop;
import io.aftersale.support.WhatIfPage;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;

/** The page on which an owner tries a changed table, in a real browser: what differs, why not, and how it goes live. */
@RunningApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhatIfPageTest {
    private static final String DEADLINES = Owner.file("decisions/deadlines.dmn");

    @Autowired
    Given given;

    @Autowired
    Clock clock;

    private Chromium chromium;

    @BeforeAll
    void start() {
        assumeTrue(Chromium.executable().isPresent(), "There is no Chromium on the PATH.");
        chromium = Chromium.start();
        var shop = Shop.at(given.port(), clock);
        shop.opens(Shop.application(shop.sells(), 1));
    }

    @AfterAll
    void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void an_owner_sees_what_would_differ_and_how_to_take_it_live() {
        try (var page = WhatIfPage.open(chromium, given.port(), "en-US", ColorScheme.LIGHT, 1280)) {
            page.tries("deadlines", DEADLINES.replace("\"PT48H\"", "\"PT47H\""));

            assertThat(page.answer())
                    .contains("Would come out differently", "rule_audit_one_approval", "PT48H", "PT47H", "Take it live")
                    .contains("deadlines.dmn=@deadlines.dmn", "/engine-rest/deployment/create");
            page.photographs(Screenshots.of("what-if.png"));
            assertThat(page.mishaps()).isEmpty();
        }
    }

    @Test
    void a_file_that_would_be_refused_says_why_and_offers_no_way_to_go_live() {
        try (var page = WhatIfPage.open(chromium, given.port(), "zh-CN", ColorScheme.DARK, 390)) {
            page.tries("deadlines", DEADLINES.replace("\"PT48H\"", "\"PT0S\""));

            assertThat(page.answer()).contains("这个文件无法部署", "row 1 (rule_audit_one_approval) gives duration 'PT0S'");
            assertThat(page.number(".live")).isZero();
            assertThat(page.isTooWide()).isFalse();
            page.photographs(Screenshots.of("what-if-narrow.png"));

            page.tries("deadlines", "<broken");

            assertThat(page.answer()).contains("没有重试这个文件", "candidate-not-xml");
            assertThat(page.mishaps()).isEmpty();
        }
    }
}
