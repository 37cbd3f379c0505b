package io.aftersale.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.acceptance.RealOrders.RealOrder;
import io.aftersale.engine.Accounts;
import io.aftersale.support.AtOnce;
import io.aftersale.support.Desk;
import io.aftersale.support.Eventually;
import io.aftersale.support.Http;
import io.aftersale.support.Pictures;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Shop;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The whole application on orders that people really placed: told over REST, applied for, audited by reviewers at their
 * desks, paid by the provider over HTTP. Each gets exactly what is due, and ledger and provider agree to the cent.
 * Takes the folder of the data from the property {@code real.data}.
 */
@RunningApp
class RealOrdersTest {
    private static final long SEED = 20_261_122;
    private static final int CLIENTS = 4;
    private static final long NEEDS_TWO_ABOVE_MINOR = 200_000;
    private static final Duration MOST = Duration.ofMinutes(3);
    private static final int MOST_APPLICATIONS = 5;
    private static final String SECOND_SUPERVISOR = "mixsupervisor";
    private static final Map<String, ?> APPROVE = Map.of("decision", "APPROVE");
    private static final Map<String, ?> REJECT = Map.of("decision", "REJECT", "reasonCode", "NOT_AS_CLAIMED");
    private static final Map<String, ?> ASK_EVIDENCE =
            Map.of("decision", "ASK_EVIDENCE", "question", "a picture please");

    @LocalServerPort
    int port;

    @Value("${aftersale.sandbox.port}")
    int providerPort;

    @Value("${real.data:}")
    String folder;

    @Autowired
    Clock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Accounts accounts;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    private RealOrders real;
    private Shop shop;
    private final Map<String, Desk> desks = new ConcurrentHashMap<>();
    private final Random chance = new Random(SEED);

    @BeforeEach
    void read() {
        assumeFalse(folder.isBlank(), "Skipped: give the folder of the real orders by -Dreal.data=FOLDER.");
        real = RealOrders.in(Path.of(folder));
        shop = Shop.at(port, clock);
    }

    /** An application about a real order: its id here, what was asked, what must come back of it, its case. */
    private static final class Claim {
        private final RealOrder order;
        private final String orderId;
        private final long refundableMinor;
        private final ObjectNode application;
        private String number;
        private long dueMinor;
        private String status = "COMPLETED";

        Claim(RealOrder order, String prefix, boolean isWhole) {
            this.order = order;
            this.orderId = prefix + order.id();
            this.refundableMinor = isWhole ? order.paidMinor() : order.firstUnitMinor();
            this.dueMinor = refundableMinor;
            this.application = Shop.application(new Shop.Purchase(orderId, order.buyerId(), null), 1);
            if (isWhole) {
                order.applyForAll(application);
            } else {
                order.applyForFirst(application, 1);
            }
        }

        boolean needsTwo() {
            return refundableMinor > NEEDS_TWO_ABOVE_MINOR;
        }

        ObjectNode by() {
            return Shop.by(order.buyerId());
        }
    }

    @Test
    void every_order_that_really_came_back_and_as_many_others_get_exactly_what_is_due() {
        var claims = claims("");
        var watch = new Watch();

        var told = shared(real.all(), order -> tell(order, ""));
        shared(claims, claim -> claim.number = shop.opens(claim.application));
        audit(claims);
        shared(claims, this::awaitEnd);
        watch.stop();

        assertThat(told).isEqualTo(5_009);
        assertThat(claims).hasSize(592);
        assertBooksAgree(claims);
        shared(claims, this::assertUnitsAreUsedUp);
        report("Full refunds of 296 returned orders, one unit of 296 others, " + told + " orders told", claims, watch);
        assertThat(watch.onTwoCores()).isLessThan(MOST);
    }

    @Test
    void a_mix_of_all_paths_still_agrees_to_the_cent() {
        var claims = claims("MIX-");
        var paths = new HashMap<Claim, Course>();
        claims.forEach(claim -> paths.put(claim, Course.values()[chance.nextInt(Course.values().length)]));
        var chances = new HashMap<Claim, Random>();
        claims.forEach(claim -> chances.put(claim, new Random(chance.nextLong())));
        accounts.addUser(SECOND_SUPERVISOR, SECOND_SUPERVISOR, List.of("reviewers", "supervisors"), List.of("M-1"));
        var watch = new Watch();

        shared(claims, claim -> tell(claim.order, "MIX-"));
        shared(claims, claim -> {
            paths.get(claim).prepare(claim);
            claim.number = shop.opens(claim.application);
            paths.get(claim).walk(this, claim, chances.get(claim));
            awaitEnd(claim);
        });
        watch.stop();

        assertBooksAgree(claims);
        assertThat(paths.values()).contains(Course.values());
        var count = new TreeMap<Course, Integer>();
        paths.values().forEach(path -> count.merge(path, 1, Integer::sum));
        report("A mix of " + count, claims, watch);
        assertThat(watch.onTwoCores()).isLessThan(MOST);
    }

    /** The ways an application can go, each as its people, or their silence, would walk it. */
    private enum Course {
        APPROVED_IN_FULL {
            @Override
            void walk(RealOrdersTest test, Claim claim, Random chance) {
                test.approve(claim, APPROVE, chance);
            }
        },
        APPROVED_IN_PART {
            @Override
            void walk(RealOrdersTest test, Claim claim, Random chance) {
                claim.dueMinor = 1 + (long) (chance.nextDouble() * (claim.refundableMinor - 1));
                test.approve(
                        claim, Map.of("decision", "APPROVE", "approvedMinor", String.valueOf(claim.dueMinor)), chance);
            }
        },
        REJECTED {
            @Override
            void walk(RealOrdersTest test, Claim claim, Random chance) {
                test.reject(claim, chance);
                test.letTheTimeForObjectionsPass(claim);
                claim.dueMinor = 0;
                claim.status = "CLOSED";
            }
        },
        APPROVED_AFTER_EVIDENCE {
            @Override
            void walk(RealOrdersTest test, Claim claim, Random chance) {
                var desk = test.anyReviewer(chance);
                desk.decides(claim.number, ASK_EVIDENCE);
                test.addEvidence(claim);
                expect(desk.completes(desk.taskOf(claim.number), APPROVE), 204);
                test.confirm(claim, APPROVE);
            }
        },
        REJECTION_UPHELD {
            @Override
            void walk(RealOrdersTest test, Claim claim, Random chance) {
                test.reject(claim, chance);
                test.dispute(claim);
                test.arbitrate(claim, "UPHOLD");
                claim.dueMinor = 0;
                claim.status = "CLOSED";
            }
        },
        REJECTION_OVERTURNED {
            @Override
            void walk(RealOrdersTest test, Claim claim, Random chance) {
                test.reject(claim, chance);
                test.dispute(claim);
                test.arbitrate(claim, "OVERTURN");
            }
        },
        AMENDED_AND_APPROVED {
            @Override
            void walk(RealOrdersTest test, Claim claim, Random chance) {
                test.reject(claim, chance);
                claim.dueMinor = claim.refundableMinor / 2 + 1;
                var answer =
                        test.shop.does(claim.number, "amendment", claim.by().put("amountMinor", claim.dueMinor));
                expect(answer, 200);
                test.anyReviewer(chance).decides(claim.number, APPROVE);
                if (claim.dueMinor > NEEDS_TWO_ABOVE_MINOR) {
                    test.desk("supervisor").decides(claim.number, APPROVE);
                }
            }
        },
        WITHDRAWN {
            @Override
            void walk(RealOrdersTest test, Claim claim, Random chance) {
                test.withdraw(claim);
            }
        },
        WITHDRAWN_LATER {
            @Override
            void walk(RealOrdersTest test, Claim claim, Random chance) {
                switch (chance.nextInt(3)) {
                    case 0 -> test.anyReviewer(chance).decides(claim.number, ASK_EVIDENCE);
                    case 1 -> test.reject(claim, chance);
                    default -> {
                        test.reject(claim, chance);
                        test.dispute(claim);
                    }
                }
                test.withdraw(claim);
            }
        },
        DECIDED_WITHOUT_EVIDENCE {
            @Override
            void walk(RealOrdersTest test, Claim claim, Random chance) {
                var desk = test.anyReviewer(chance);
                desk.decides(claim.number, ASK_EVIDENCE);
                test.letPass(claim, "Event_EvidenceOverdue");
                claim.dueMinor = claim.refundableMinor / 3 + 1;
                var partly = Map.of("decision", "APPROVE", "approvedMinor", String.valueOf(claim.dueMinor));
                expect(desk.completes(desk.taskOf(claim.number), partly), 204);
                test.confirm(claim, APPROVE);
            }
        },
        NOBODY_DECIDED {
            @Override
            void walk(RealOrdersTest test, Claim claim, Random chance) {
                test.letPass(claim, "Event_AuditReminderDue");
                test.letPass(claim, "Event_AuditEscalationDue");
                test.letPass(claim, "Event_AuditOverdue");
                if (claim.needsTwo()) {
                    assertThat(test.shop.sheet(claim.number).path("status").asText())
                            .as("what two must approve never approves itself")
                            .isEqualTo("AUDITING");
                    test.desk("supervisor").decides(claim.number, APPROVE);
                    test.desk(SECOND_SUPERVISOR).decides(claim.number, APPROVE);
                }
            }
        },
        REFUSED_BY_THE_SECOND_AND_OVERTURNED {
            @Override
            void walk(RealOrdersTest test, Claim claim, Random chance) {
                if (claim.needsTwo()) {
                    claim.dueMinor = claim.refundableMinor / 2 + 1;
                    test.anyReviewer(chance)
                            .decides(
                                    claim.number,
                                    Map.of("decision", "APPROVE", "approvedMinor", String.valueOf(claim.dueMinor)));
                    test.letPass(claim, "Event_ConfirmationOverdue");
                    test.desk("supervisor").decides(claim.number, REJECT);
                } else {
                    test.reject(claim, chance);
                }
                test.dispute(claim);
                test.letPass(claim, "Event_ArbitrationOverdue");
                test.arbitrate(claim, "OVERTURN");
            }
        },
        REJECTED_BY_RULE {
            @Override
            void prepare(Claim claim) {
                claim.application.put("reason", "NO_LONGER_WANTED");
            }

            @Override
            void walk(RealOrdersTest test, Claim claim, Random chance) {
                test.letTheTimeForObjectionsPass(claim);
                claim.dueMinor = 0;
                claim.status = "CLOSED";
            }
        },
        AMENDED_TO_FEWER_UNITS {
            @Override
            void walk(RealOrdersTest test, Claim claim, Random chance) {
                test.reject(claim, chance);
                var fewer = claim.by();
                claim.order.applyForFirst(fewer, 1);
                expect(test.shop.does(claim.number, "amendment", fewer), 200);
                claim.dueMinor = claim.order.firstUnitMinor();
                test.anyReviewer(chance).decides(claim.number, APPROVE);
                if (claim.dueMinor > NEEDS_TWO_ABOVE_MINOR) {
                    test.desk("supervisor").decides(claim.number, APPROVE);
                }
            }
        },
        AMENDED_UNTIL_NONE_IS_LEFT {
            @Override
            void walk(RealOrdersTest test, Claim claim, Random chance) {
                test.reject(claim, chance);
                for (int application = 2; application <= MOST_APPLICATIONS; application++) {
                    var again = claim.by().put("description", "application " + application);
                    expect(test.shop.does(claim.number, "amendment", again), 200);
                    test.reject(claim, chance);
                }
                expect(test.shop.does(claim.number, "amendment", claim.by().put("description", "more")), 409);
                test.letTheTimeForObjectionsPass(claim);
                claim.dueMinor = 0;
                claim.status = "CLOSED";
            }
        };

        /** Changes the application before it is made. */
        void prepare(Claim claim) {}

        abstract void walk(RealOrdersTest test, Claim claim, Random chance);
    }

    private List<Claim> claims(String prefix) {
        var claims = new ArrayList<Claim>();
        real.returned().forEach(order -> claims.add(new Claim(order, prefix, true)));
        real.others(claims.size(), chance).forEach(order -> claims.add(new Claim(order, prefix, false)));
        return claims;
    }

    private void tell(RealOrder order, String prefix) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai"));
        int daysAgo = 1 + Math.floorMod(order.id().hashCode(), 6);
        expect(shop.tells(prefix + order.id(), order.facts(today, daysAgo)), 201);
    }

    /** Two reviewers work side by side; what is above one person's limit goes to the supervisor too. */
    private void audit(List<Claim> claims) {
        var desks = List.of(desk("reviewer"), desk("reviewer2"));
        Queue<Claim> waiting = new ConcurrentLinkedQueue<>(claims);
        AtOnce.run(desks.size(), i -> {
            int done = 0;
            for (Claim claim = waiting.poll(); claim != null; claim = waiting.poll()) {
                desks.get(i).decides(claim.number, APPROVE);
                confirm(claim, APPROVE);
                done++;
            }
            return done;
        });
    }

    private void approve(Claim claim, Map<String, ?> answer, Random chance) {
        anyReviewer(chance).decides(claim.number, answer);
        confirm(claim, APPROVE);
    }

    private void confirm(Claim claim, Map<String, ?> answer) {
        if (claim.needsTwo()) {
            desk("supervisor").decides(claim.number, answer);
        }
    }

    private void reject(Claim claim, Random chance) {
        anyReviewer(chance).decides(claim.number, REJECT);
    }

    private void withdraw(Claim claim) {
        expect(shop.does(claim.number, "withdrawal", claim.by().put("reason", "found it")), 200);
        claim.dueMinor = 0;
        claim.status = "WITHDRAWN";
    }

    private void dispute(Claim claim) {
        expect(shop.does(claim.number, "dispute", claim.by().put("text", "it is broken, look again")), 200);
    }

    private void arbitrate(Claim claim, String decision) {
        desk("arbitrator")
                .decides(
                        claim.number,
                        Map.of(
                                "decision", decision,
                                "liabilityBuyer", decision.equals("UPHOLD") ? "100" : "0",
                                "liabilitySeller", decision.equals("UPHOLD") ? "0" : "100"));
    }

    private void addEvidence(Claim claim) {
        var body = claim.by();
        body.putArray("evidence").add(Pictures.upload(shop.http(), Pictures.crackedMug()));
        expect(shop.does(claim.number, "evidence", body), 200);
    }

    private void letTheTimeForObjectionsPass(Claim claim) {
        letPass(claim, "Event_ObjectionTimeOver");
    }

    /** The time of a wait has come; what follows is done when this returns. */
    private void letPass(Claim claim, String event) {
        var instance = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(claim.number)
                .processDefinitionKey("audit")
                .singleResult();
        var timer = management
                .createJobQuery()
                .processInstanceId(instance.getId())
                .activityId(event)
                .singleResult();
        management.executeJob(timer.getId());
    }

    private void awaitEnd(Claim claim) {
        var sheet = Eventually.get(
                () -> shop.sheet(claim.number), it -> it.path("status").asText().equals(claim.status));
        assertThat(sheet.path("paidMinor").asLong()).as(sheet.toString()).isEqualTo(claim.dueMinor);
        assertThat(sheet.path("payouts"))
                .allSatisfy(payout -> assertThat(payout.path("status").asText()).isEqualTo("SETTLED"));
    }

    /** What is due, what the ledger says and what the provider says it gave back: the same for every order. */
    private void assertBooksAgree(List<Claim> claims) {
        var due = new TreeMap<String, Long>();
        claims.stream().filter(claim -> claim.dueMinor > 0).forEach(claim -> due.put(claim.orderId, claim.dueMinor));
        var ours = claims.stream().map(claim -> claim.orderId).toList();
        var ledger = new TreeMap<String, Long>();
        jdbc.sql("""
                        select order_id, sum(amount_minor) from ledger_entry
                        where merchant_id = 'M-1' and state = 'SETTLED' group by order_id
                        """)
                .query((row, n) -> ledger.put(row.getString(1), row.getLong(2)))
                .list();
        ledger.keySet().retainAll(ours);
        var provider = new TreeMap<String, Long>();
        var keys = new ArrayList<String>();
        for (JsonNode refund :
                Http.stranger(providerPort).get("/journal").json().path("refunds")) {
            if (ours.contains(refund.path("orderId").asText())) {
                assertThat(refund.path("status").asText()).isEqualTo("SETTLED");
                provider.merge(
                        refund.path("orderId").asText(),
                        refund.path("amountMinor").asLong(),
                        Long::sum);
                keys.add(refund.path("key").asText());
            }
        }

        assertThat(ledger).isEqualTo(due);
        assertThat(provider).isEqualTo(due);
        assertThat(keys).doesNotHaveDuplicates();
        assertThat(jdbc.sql("select count(*) from ledger_entry where state = 'RESERVED' and order_id in (:orders)")
                        .param("orders", ours)
                        .query(Long.class)
                        .single())
                .as("money that is set aside and not paid")
                .isZero();
        assertThat(jdbc.sql("select count(*) from order_unit where claimed_by is not null and order_id in (:orders)")
                        .param("orders", ours)
                        .query(Long.class)
                        .single())
                .as("units that are still under a case")
                .isZero();
    }

    private void assertUnitsAreUsedUp(Claim claim) {
        var again = claim.application.deepCopy();
        if (again.path("lines").size() == 1) {
            claim.order.applyForFirst(again, claim.order.firstQuantity());
        }
        var answer = shop.applies(again);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("units-not-available");
    }

    private Desk anyReviewer(Random chance) {
        return desk(chance.nextBoolean() ? "reviewer" : "reviewer2");
    }

    private Desk desk(String user) {
        return desks.computeIfAbsent(user, name -> Desk.of(port, name));
    }

    private static void expect(Http.Answer answer, int status) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    }

    /** Shares work out among a few clients; the first failure of any of them fails the test. */
    private static <T> int shared(List<T> all, Consumer<T> work) {
        Queue<T> waiting = new ConcurrentLinkedQueue<>(all);
        List<Callable<Integer>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(() -> {
                int done = 0;
                for (T next = waiting.poll(); next != null; next = waiting.poll()) {
                    work.accept(next);
                    done++;
                }
                return done;
            });
        }
        return AtOnce.run(clients).stream().mapToInt(Integer::intValue).sum();
    }

    private static void report(String what, List<Claim> claims, Watch watch) {
        long paid = claims.stream().mapToLong(claim -> claim.dueMinor).sum();
        System.out.printf(
                "%s: %d cases, %d.%02d paid back, %.1f s (%.1f s of processor time), %.1f cases per second%n",
                what,
                claims.size(),
                paid / 100,
                paid % 100,
                watch.wall.toMillis() / 1000.0,
                watch.busy.toMillis() / 1000.0,
                claims.size() * 1000.0 / watch.wall.toMillis());
    }

    /** How long something takes, by the clock and by the processor, so that a busy machine does not fail a test. */
    private static final class Watch {
        private static final int CORES = 2;

        private final Instant start = Instant.now();
        private final Duration busyBefore = busy();
        private Duration wall;
        private Duration busy;

        void stop() {
            wall = Duration.between(start, Instant.now());
            busy = busy().minus(busyBefore);
        }

        /** The time by the clock, or what it would be if nothing else ran on two cores. */
        Duration onTwoCores() {
            var alone = busy.dividedBy(CORES);
            return wall.compareTo(alone) < 0 || wall.compareTo(MOST) < 0 ? wall : alone;
        }

        private static Duration busy() {
            return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        }
    }
}
