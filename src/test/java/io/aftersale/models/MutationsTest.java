package io.aftersale.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The mutations by which {@code .ci/mutate} tests the tests: they still fit the code that they switch off, and each names
 * tests that exist. Whether those tests notice takes minutes and is for the script.
 */
class MutationsTest {
    private static final Path MUTATIONS = Path.of("src/test/mutations");

    @Test
    void each_safeguard_has_one() throws IOException {
        assertThat(mutations().map(patch -> patch.getFileName().toString().replace(".patch", "")))
                .contains(
                        "idempotency-key",
                        "attempt-row",
                        "query-before-repeat",
                        "fence",
                        "unique-key",
                        "paid-sum-check",
                        "completion-interceptor",
                        "expression-guard");
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void each_fits_the_code_and_names_tests_that_exist(Path patch) throws IOException {
        List<String> lines = Files.readAllLines(patch);
        assertThat(lines.get(0)).startsWith("Off: ");
        assertThat(lines.get(1)).startsWith("Tests: ");
        for (String name : lines.get(1).substring("Tests: ".length()).split(",")) {
            assertThat(testClasses()).as(patch + " names " + name).contains(name + ".java");
        }
        String file = null;
        var before = new StringBuilder();
        int hunks = 0;
        for (String line : lines) {
            boolean isHead = line.startsWith("@@ ") || line.startsWith("diff ") || line.startsWith("--- ");
            if (isHead && before.length() > 0) {
                assertFits(patch, file, before.toString());
                before.setLength(0);
            }
            if (line.startsWith("+++ b/")) {
                file = line.substring("+++ b/".length());
            } else if (line.startsWith("@@ ")) {
                hunks++;
            } else if (file != null && !isHead && (line.startsWith(" ") || line.startsWith("-"))) {
                before.append(line.substring(1)).append('\n');
            }
        }
        assertFits(patch, file, before.toString());
        assertThat(hunks).as(patch.toString()).isPositive();
    }

    private static void assertFits(Path patch, String file, String before) throws IOException {
        assertThat(Files.readString(Path.of(file)))
                .as("what " + patch + " changes; write it anew where the code has changed")
                .contains(before);
    }

    private static List<String> testClasses() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("src/test/java"))) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java"))
                    .collect(Collectors.toList());
        }
    }

    static Stream<Path> mutations() throws IOException {
        try (Stream<Path> all = Files.list(MUTATIONS)) {
            return all.filter(path -> path.toString().endsWith(".patch")).sorted().toList().stream();
        }
    }
}
