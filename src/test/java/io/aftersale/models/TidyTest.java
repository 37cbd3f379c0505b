package io.aftersale.models;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.problems.ProblemCode;
import io.aftersale.support.Screenshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Reads the project's own files and keeps them tidy: what a compiler does not see and a reviewer should not have to
 * say. A finding names file and line. It never looks into target/ and needs no Git.
 */
class TidyTest {
    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final List<String> PLACES = List.of("src", "bpmn", "docs", ".ci", ".mvn");
    private static final Pattern TEXT = Pattern.compile(
            ".*\\.(java|sql|ya?ml|xml|md|json|bpmn|dmn|form|properties|factories|js|css|html)|.*/(mvnw|run|NOTICE|\\.editorconfig|\\.gitignore)");

    /** Longer than this, and the file has two subjects. A test may list many cases of one. */
    private static final int MOST_LINES = 450;

    private static final int MOST_LINES_OF_A_TEST = 900;

    /** Put together, so that this file does not find itself. */
    private static final Pattern NOTE_TO_SELF = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX|HA" + "CK)\\b");

    private static final List<String> REGISTRY_HOSTS =
            List.of("repo1." + "maven", "repo." + "maven", "/mav" + "en2", "npm" + "js.", "debian" + ".org/debian");

    private static final Pattern COMMENTED_OUT = Pattern.compile("^\\s*//.*(;|\\{|\\}|\\)\\s*->.*)\\s*$");
    private static final Pattern TYPE = Pattern.compile(
            "^(?:(?:public|abstract|final|sealed|non-sealed)\\s+)*(?:class|interface|enum|record|@interface)\\s+(\\w+)");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern VERB =
            Pattern.compile("(?:delegateExpression|camunda:expression)=\"[$#]\\{([a-z]\\w*)[^\"]*}\"");

    /** A place in a file and what is wrong there. */
    private record Finding(Path file, int line, String text) {
        @Override
        public String toString() {
            return PROJECT.relativize(file) + ":" + line + " " + text.strip();
        }
    }

    @Test
    void nobody_leaves_notes_to_themselves() {
        assertThat(lines(files(), line -> NOTE_TO_SELF.matcher(line).find())).isEmpty();
    }

    @Test
    void no_file_names_a_registry() {
        assertThat(lines(files(), line -> REGISTRY_HOSTS.stream().anyMatch(line::contains)))
                .isEmpty();
    }

    @Test
    void files_have_no_tabs_no_trailing_blanks_and_end_with_a_line_feed() {
        assertThat(lines(files(), line -> line.indexOf('\t') >= 0 || line.indexOf('\r') >= 0))
                .isEmpty();
        var edited = files().stream().filter(file -> !isNamed(file, ".md")).toList();
        assertThat(lines(edited, line -> !line.equals(line.stripTrailing()))).isEmpty();
        assertThat(files())
                .filteredOn(file -> !read(file).isEmpty() && !read(file).endsWith("\n"))
                .as("end with a line feed")
                .isEmpty();
    }

    @Test
    void no_source_file_is_long() {
        assertThat(javaFiles())
                .filteredOn(file -> read(file).lines().count() > (isTest(file) ? MOST_LINES_OF_A_TEST : MOST_LINES))
                .isEmpty();
    }

    @Test
    void code_is_not_kept_in_comments() {
        assertThat(lines(javaFiles(), line -> COMMENTED_OUT.matcher(line).matches()))
                .isEmpty();
    }

    @Test
    void every_type_says_what_it_is_for() {
        var silent = new ArrayList<Finding>();
        for (Path file : javaFiles()) {
            if (isNamed(file, "Test.java")) {
                // Its name and its sentences say it.
                continue;
            }
            List<String> lines = read(file).lines().toList();
            for (int at = 0; at < lines.size(); at++) {
                if (TYPE.matcher(lines.get(at)).find() && !hasComment(lines, at)) {
                    silent.add(new Finding(file, at + 1, "has no class comment: " + lines.get(at)));
                }
            }
        }
        assertThat(silent).isEmpty();
    }

    /** One class waits for other threads; whoever else sleeps, to see that nothing happens, says so right above. */
    @Test
    void tests_fire_timers_and_neither_sleep_without_a_word_nor_hide() {
        var tests = javaFiles().stream()
                .filter(file -> isTest(file) && !isNamed(file, "Eventually.java"))
                .toList();
        assertThat(lines(tests, line -> line.contains("@Dis" + "abled"))).isEmpty();
        var sleep = Pattern.compile("(?m)^(?!\\s*//).*\\R.*Thread\\." + "sleep\\(");
        assertThat(tests).filteredOn(file -> sleep.matcher(read(file)).find()).isEmpty();
    }

    @Test
    void every_problem_code_is_explained_and_nothing_else_is() {
        var explained = headings(PROJECT.resolve("docs/problems.md"), "## ");
        var codes = Arrays.stream(ProblemCode.values()).map(ProblemCode::code).collect(toCollection(TreeSet::new));
        assertThat(explained).containsExactlyInAnyOrderElementsOf(codes);
    }

    @Test
    void codes_stand_in_alphabetical_order() {
        assertThat(Arrays.stream(ProblemCode.values()).map(ProblemCode::code)).isSorted();
    }

    @Test
    void owners_find_every_model_and_every_verb_in_their_readme() {
        String readme = read(PROJECT.resolve("bpmn/README.md"));
        var models = walk(PROJECT.resolve("bpmn"))
                .filter(file -> isNamed(file, ".bpmn") || isNamed(file, ".dmn") || isNamed(file, ".form"))
                .toList();
        assertThat(models).isNotEmpty();
        assertThat(models)
                .extracting(file -> "`" + file.getFileName() + "`")
                .allSatisfy(name -> assertThat(readme).contains(name));
        var verbs = new TreeSet<String>();
        models.forEach(file -> VERB.matcher(read(file)).results().forEach(found -> verbs.add(found.group(1))));
        assertThat(verbs).isNotEmpty();
        assertThat(verbs).allSatisfy(verb -> assertThat(readme).contains("`" + verb + "`"));
    }

    @Test
    void decisions_are_written_alike_and_indexed() {
        Path folder = PROJECT.resolve("docs/adr");
        String index = read(folder.resolve("README.md"));
        var records = walk(folder)
                .filter(file -> file.getFileName().toString().matches("\\d{4}-.*\\.md"))
                .toList();
        assertThat(records).isNotEmpty().allSatisfy(file -> {
            assertThat(headings(file, "## ")).as(file.toString()).contains("Context", "Decision", "What it costs");
            assertThat(index).contains("(" + file.getFileName() + ")");
        });
    }

    @Test
    void links_between_the_documents_lead_somewhere() {
        var broken = new ArrayList<String>();
        for (Path file : files()) {
            if (!isNamed(file, ".md")) {
                continue;
            }
            LINK.matcher(read(file)).results().map(found -> found.group(1)).forEach(target -> {
                String path = target.replaceFirst("#.*", "");
                boolean isElsewhere = target.contains("://") || target.startsWith("mailto:");
                if (!isElsewhere && !path.isEmpty() && !Files.exists(file.resolveSibling(path))) {
                    broken.add(PROJECT.relativize(file) + " -> " + target);
                }
            });
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void every_picture_of_the_documents_is_taken_by_a_browser_test() {
        var pictures = walk(PROJECT.resolve("docs/images"))
                .map(file -> file.getFileName().toString())
                .toList();
        var shown = files().stream()
                .filter(file -> isNamed(file, ".md"))
                .map(TidyTest::read)
                .reduce("", String::concat);

        assertThat(pictures).containsExactlyInAnyOrderElementsOf(Screenshots.SHOWN);
        assertThat(Screenshots.SHOWN).allSatisfy(name -> assertThat(shown).contains("images/" + name + ")"));
    }

    @Test
    void both_readmes_give_the_same_commands() {
        assertThat(commands("README.zh-CN.md")).isNotEmpty().isEqualTo(commands("README.md"));
    }

    private static List<String> commands(String readme) {
        return Pattern.compile("(?ms)^```sh\\n(.*?)^```")
                .matcher(read(PROJECT.resolve(readme)))
                .results()
                .flatMap(block -> block.group(1).lines())
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    private static boolean hasComment(List<String> lines, int type) {
        int above = type - 1;
        while (above >= 0 && !lines.get(above).isBlank() && !lines.get(above).endsWith("*/")) {
            above--;
        }
        return above >= 0 && lines.get(above).endsWith("*/");
    }

    private static TreeSet<String> headings(Path file, String mark) {
        return read(file)
                .lines()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()).strip())
                .collect(toCollection(TreeSet::new));
    }

    private static List<Finding> lines(List<Path> files, Predicate<String> isWrong) {
        var found = new ArrayList<Finding>();
        for (Path file : files) {
            List<String> lines = Arrays.asList(read(file).split("\n", -1));
            for (int at = 0; at < lines.size(); at++) {
                if (isWrong.test(lines.get(at))) {
                    found.add(new Finding(file, at + 1, lines.get(at)));
                }
            }
        }
        return found;
    }

    private static List<Path> javaFiles() {
        return files().stream().filter(file -> isNamed(file, ".java")).toList();
    }

    /** The project's own text files: those at the top, and those in the places that we write. */
    private static List<Path> files() {
        try (Stream<Path> top = Files.list(PROJECT)) {
            return Stream.concat(
                            top.filter(Files::isRegularFile),
                            PLACES.stream()
                                    .map(PROJECT::resolve)
                                    .filter(Files::exists)
                                    .flatMap(TidyTest::walk))
                    .filter(file -> TEXT.matcher(file.toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<Path> walk(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isTest(Path file) {
        return file.startsWith(PROJECT.resolve("src/test"));
    }

    private static boolean isNamed(Path file, String ending) {
        return file.getFileName().toString().endsWith(ending);
    }
}
