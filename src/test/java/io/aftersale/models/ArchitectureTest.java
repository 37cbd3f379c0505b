package io.aftersale.models;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.RestController;

/**
 * Who may know whom, checked on the compiled classes. The house is a pile of floors, each with its rooms: a room knows
 * the floors below, never its own floor and never one above. The engine is known in few places, so that leaving it
 * stays a bounded edit.
 */
class ArchitectureTest {
    private static final String ROOT = "io.aftersale";

    /** From the ground up. The ground rooms carry each other in this order; from the cases on a floor has many rooms. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("problems"),
            List.of("engine"),
            List.of("access"),
            List.of("callbacks"),
            List.of("orders"),
            List.of("cases"),
            List.of("logistics"),
            List.of("payouts", "goods", "exchanges", "repairs", "reviews", "feedback", "notices", "books"),
            List.of("changes", "handling", "insight", "operations"),
            List.of("demo"));

    /** Stands outside the house: it plays the outside world, speaks HTTP with us and knows nobody. */
    private static final String SANDBOX = "sandbox";

    private static final DescribedPredicate<JavaClass> TALK_WITH_THE_ENGINE =
            resideInAPackage(room("engine")).or(outermost("Tasks", "Process"));

    private final JavaClasses house = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void every_class_is_in_a_room_that_has_its_floor() {
        var known = new ArrayList<>(List.of(ROOT, ROOT + "." + SANDBOX));
        FLOORS.forEach(rooms -> rooms.forEach(room -> known.add(ROOT + "." + room)));
        Set<String> packages = new HashSet<>();
        house.forEach(it -> packages.add(it.getPackageName()));
        assertThat(known).as("rooms are flat, and each has its floor").containsAll(packages);
    }

    @Test
    void rooms_know_the_floors_below_and_nobody_beside_or_above() {
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            for (String room : FLOORS.get(floor)) {
                var closed = new ArrayList<String>();
                FLOORS.subList(floor, FLOORS.size()).forEach(rooms -> rooms.forEach(other -> closed.add(room(other))));
                closed.remove(room(room));
                closed.add(room(SANDBOX));
                noClasses()
                        .that()
                        .resideInAPackage(room(room))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(closed.toArray(String[]::new))
                        .because("rooms on one floor meet in a diagram only, and floors look down")
                        .allowEmptyShould(true)
                        .check(house);
            }
        }
    }

    @Test
    void the_sandbox_knows_nobody_in_the_house() {
        noClasses()
                .that()
                .resideInAPackage(room(SANDBOX))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(ROOT + "..").and(DescribedPredicate.not(resideInAPackage(room(SANDBOX)))))
                .because("it stands for somebody else's machine")
                .allowEmptyShould(true)
                .check(house);
    }

    @Test
    void only_the_engine_room_and_tasks_and_processes_know_the_engine() {
        noClasses()
                .that(DescribedPredicate.not(TALK_WITH_THE_ENGINE))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.camunda..")
                .because("its community line has ended, and leaving it must stay a bounded edit")
                .check(house);
    }

    @Test
    void only_the_engine_room_knows_the_inside_of_the_engine() {
        noClasses()
                .that()
                .resideOutsideOfPackage(room("engine"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.camunda..impl..")
                .check(house);
    }

    @Test
    void names_say_what_a_thing_is() {
        noClasses()
                .should()
                .haveNameMatching(".*\\.(Base[A-Z]\\w*|\\w*(Impl|Manager|Helper|Utils?|Dto|DTO|Service|Bean))(\\$.*)?")
                .because("a class is named after a noun of the business or a role")
                .check(house);
        noClasses()
                .should()
                .resideInAnyPackage(ROOT + "..common..", ROOT + "..util..", ROOT + "..config..", ROOT + "..impl..")
                .check(house);
    }

    @Test
    void doors_stay_inside_their_rooms_and_leave_sql_to_the_stores() {
        classes()
                .that()
                .areAnnotatedWith(RestController.class)
                .should()
                .notBePublic()
                .andShould()
                .haveSimpleNameEndingWith("Controller")
                .check(house);
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Controller")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(JdbcClient.class)
                .check(house);
    }

    @Test
    void what_a_task_calls_leaves_the_transaction_to_the_engine() {
        noClasses()
                .that(outermost("Tasks", "Process"))
                .should()
                .beAnnotatedWith(Transactional.class)
                .check(house);
        methods()
                .that()
                .areDeclaredInClassesThat(outermost("Tasks", "Process"))
                .should()
                .notBeAnnotatedWith(Transactional.class)
                .because("a business exception would end in UnexpectedRollbackException")
                .check(house);
    }

    @Test
    void time_is_an_instant_of_the_clock_that_is_handed_in() {
        noClasses()
                .that(DescribedPredicate.not(TALK_WITH_THE_ENGINE))
                .should()
                .dependOnClassesThat(nameMatching("java\\.util\\.Date|java\\.util\\.Calendar|java\\.sql\\.Timestamp"))
                .because("the engine alone still speaks of those")
                .check(house);
        var asked = noClasses()
                .that()
                .resideOutsideOfPackages(room("engine"), room(SANDBOX))
                .should();
        for (Class<?> time : List.of(
                Instant.class, LocalDate.class, LocalDateTime.class, OffsetDateTime.class, ZonedDateTime.class)) {
            asked.callMethod(time, "now").check(house);
        }
        asked.callMethod(Clock.class, "systemUTC")
                .because("timers and records must agree, and tests move the time")
                .check(house);
    }

    @Test
    void money_is_whole_numbers() {
        noFields()
                .that()
                .areDeclaredInClassesThat(
                        resideInAnyPackage(room("orders"), room("cases"), room("payouts"), room("exchanges")))
                .should()
                .haveRawType(nameMatching("double|float|java\\.lang\\.(Double|Float)"))
                .because("amounts are integers in minor units and rates are per mille")
                .check(house);
    }

    @Test
    void wiring_goes_through_constructors() {
        fields().should().notBeAnnotatedWith(Autowired.class).check(house);
    }

    /** Classes of these endings, with all that is nested in them. */
    private static DescribedPredicate<JavaClass> outermost(String... endings) {
        return DescribedPredicate.describe("*" + String.join(", *", endings), it -> {
            String name = it.getName().substring(it.getPackageName().length() + 1);
            int nested = name.indexOf('$');
            String outer = nested < 0 ? name : name.substring(0, nested);
            return List.of(endings).stream().anyMatch(outer::endsWith);
        });
    }

    private static String room(String name) {
        return ROOT + "." + name + "..";
    }
}
