package io.aftersale.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import io.aftersale.support.AtOnce;
import io.aftersale.support.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Pictures on the databases that must keep them alike: byte by byte, nine to a case, each on one case. */
class EvidencePicturesTest {
    @ParameterizedTest
    @EnumSource
    void a_picture_of_the_largest_size_comes_back_byte_by_byte(Database database) {
        var room = new Room(database);
        byte[] picture = new byte[5 * 1024 * 1024];
        new Random(5).nextBytes(picture);

        String id = room.upload(picture);

        assertThat(room.pictures.find(id).orElseThrow().picture()).isEqualTo(picture);
    }

    @ParameterizedTest
    @EnumSource
    void the_last_place_of_a_case_is_taken_once(Database database) {
        var room = new Room(database);
        String number = aNumber();
        assertThat(room.attach(number, room.uploads(8))).isEmpty();
        List<String> rivals = room.uploads(6);

        var refusals = AtOnce.run(6, i -> room.attach(number, List.of(rivals.get(i))));

        assertThat(refusals).filteredOn(Optional::isEmpty).hasSize(1);
        assertThat(refusals)
                .filteredOn(Optional::isPresent)
                .allMatch(code ->
                        code.get() == ProblemCode.EVIDENCE_TOO_MANY || code.get() == ProblemCode.REQUEST_STILL_RUNNING);
        assertThat(room.evidence.of(number)).hasSize(9);
    }

    @ParameterizedTest
    @EnumSource
    void cases_that_want_the_same_pictures_at_once_do_not_share_them(Database database) {
        var room = new Room(database);
        List<String> ids = room.uploads(4);
        List<String> numbers = List.of(aNumber(), aNumber(), aNumber(), aNumber());

        var refusals = AtOnce.run(4, i -> {
            var turned = new ArrayList<>(ids.subList(i, 4));
            turned.addAll(ids.subList(0, i));
            return room.attach(numbers.get(i), turned);
        });

        assertThat(refusals).filteredOn(Optional::isEmpty).hasSize(1);
        assertThat(refusals).filteredOn(Optional::isPresent).allMatch(code -> code.get() == ProblemCode.EVIDENCE_TAKEN);
        assertThat(numbers.stream().map(room.evidence::of).filter(of -> !of.isEmpty()))
                .singleElement()
                .satisfies(of -> assertThat(of).hasSize(4));
    }

    @ParameterizedTest
    @EnumSource
    void forgetting_takes_the_bytes_along(Database database) {
        var room = new Room(database);
        String id = room.upload(new byte[10]);

        assertThat(room.pictures.deleteUnattached(Clock.systemUTC().instant().plus(Duration.ofDays(1))))
                .isPositive();

        assertThat(room.pictures.find(id)).isEmpty();
        assertThat(room.jdbc
                        .sql("select count(*) from evidence_picture where evidence_id = ?")
                        .param(id)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private static String aNumber() {
        return "AS-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** The room's desk and store on one database. */
    private static final class Room {
        private final JdbcClient jdbc;
        private final EvidencePictures pictures;
        private final Evidence evidence;
        private final TransactionTemplate transaction;

        Room(Database database) {
            DataSource source = database.open();
            jdbc = JdbcClient.create(source);
            pictures = new EvidencePictures(jdbc);
            evidence = new Evidence(pictures, Clock.systemUTC());
            transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
        }

        String upload(byte[] picture) {
            String id = "EV-" + UUID.randomUUID().toString().replace("-", "");
            var view = new EvidenceView(
                    id, "image/png", picture.length, HexFormat.of().formatHex(new byte[32]));
            pictures.add(view, picture, "M-1", "shop", Clock.systemUTC().instant());
            return id;
        }

        List<String> uploads(int count) {
            var ids = new ArrayList<String>();
            for (int i = 0; i < count; i++) {
                ids.add(upload(new byte[] {(byte) i}));
            }
            return ids;
        }

        /** @return why not, if not */
        Optional<ProblemCode> attach(String number, List<String> ids) {
            try {
                transaction.executeWithoutResult(status -> evidence.attach("M-1", number, ids));
                return Optional.empty();
            } catch (Problem refused) {
                return Optional.of(refused.code());
            }
        }
    }
}
