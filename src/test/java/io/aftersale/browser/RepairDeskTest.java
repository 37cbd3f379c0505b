package io.aftersale.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aftersale.support.Chromium;
import io.aftersale.support.Given;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Screenshots;
import io.aftersale.support.Story;
import io.aftersale.support.Tasklist;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;

/** A technician in the real Tasklist, in a real browser: from the diagnosis to the parts and labour of the repair. */
@RunningApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepairDeskTest {
    private static final String REPAIR_DESK = "Repair desk 维修组";

    @Autowired
    Given given;

    private Chromium chromium;

    @BeforeAll
    void open() {
        assumeTrue(Chromium.executable().isPresent(), "There is no Chromium on the PATH.");
        chromium = Chromium.start();
    }

    @AfterAll
    void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void a_technician_diagnoses_a_fault_and_records_the_repair() {
        var story = given.aRepair(order -> {}, ask -> ask.withArray("evidence").add(given.aPicture()));
        receive(story);
        try (Tasklist tasklist = Tasklist.login(chromium, given.port(), "technician")) {
            tasklist.opensFilter(REPAIR_DESK);
            assertThat(tasklist.card(story.number())).contains("FAULTY 质量问题", "CNY 30.00");
            tasklist.opensCase(story.number());
            assertThat(tasklist.formText()).contains("马克杯 × 1", "按键失灵，无法开机", "In warranty 保修期内", "CNY 30.00", "买来就这样");
            tasklist.seesPictures(1)
                    .claims()
                    .chooses("It can be repaired 可以维修")
                    .writes("Cause", "键盘排线松动 loose cable")
                    .writes("Cost in minor units", "800")
                    .writes("Days needed", "3")
                    .photographs(Screenshots.of("diagnose-form.png"))
                    .completes();
            story.becomesAt("Task_RepairGoods");
            assertThat(story.sheet().at("/repair/diagnosis/costMinor").asLong()).isEqualTo(800);

            tasklist.opensFilter("My groups' tasks 本组待办")
                    .opensFilter(REPAIR_DESK)
                    .opensCase(story.number());
            assertThat(tasklist.formText()).contains("键盘排线松动 loose cable · CNY 8.00 · 3 days", "Free of charge");
            tasklist.claims()
                    .chooses("Repaired 已修好")
                    .writes("Part or step", "cable 排线")
                    .writes("Cost in minor units", "300")
                    .writes("Labour in minor units", "500")
                    .photographs(Screenshots.of("repair-form.png"))
                    .completes();
            story.becomes("SHIPPING");
            assertThat(story.sheet().at("/repair/work/partsMinor").asLong()).isEqualTo(300);
            assertThat(story.sheet().at("/repair/work/labourMinor").asLong()).isEqualTo(500);
            assertThat(tasklist.mishaps()).isEmpty();
        }
    }

    private static void receive(Story story) {
        story.buyer("shipment", "carrier", "SF Express", "trackingNumber", "SF" + UUID.randomUUID())
                .buyer("receipt-confirmation")
                .waitsAt("Task_DiagnoseFault");
    }
}
