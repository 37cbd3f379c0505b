package io.aftersale.crash;

import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.pool.TypePool;

/**
 * Packs the application's compiled classes into a jar for the nodes of the campaign, with a {@link Trap} at each named
 * point. A jar, because only classes of a jar are kept in the JVM's shared archive, which halves the time of a start.
 */
final class Traps {
    private Traps() {}

    /** At the beginning of a method. */
    static final class Before {
        private Before() {}

        @Advice.OnMethodEnter
        static void pass(
                @Advice.Origin("#t.#m") String place,
                @Advice.Argument(value = 0, optional = true, typing = Assigner.Typing.DYNAMIC) Object first) {
            Trap.before(place, first);
        }
    }

    /** At the end of a method that returns. */
    static final class After {
        private After() {}

        @Advice.OnMethodExit
        static void pass(
                @Advice.Origin("#t.#m") String place,
                @Advice.Argument(value = 0, optional = true, typing = Assigner.Typing.DYNAMIC) Object first) {
            Trap.after(place, first);
        }
    }

    /** @return the class path of a node */
    static String pack(Path jar) throws IOException {
        var entries = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        Path classes = folder(entries, "classes");
        var content = new TreeMap<String, byte[]>();
        read(classes, path -> true, content);
        read(
                folder(entries, "test-classes"),
                path -> path.toString().matches(".*/crash/(Trap|Point|Point\\$Edge)\\.class"),
                content);
        content.putAll(woven(classes));
        // No text of the campaign is scanned, and each start would load two megabytes of words.
        content.put("sensitive_word_dict.txt", "敏感词".getBytes(StandardCharsets.UTF_8));
        content.put("sensitive_word_tags.txt", "敏感词 0".getBytes(StandardCharsets.UTF_8));
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (var entry : content.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return Stream.concat(Stream.of(jar.toString()), entries.stream().filter(entry -> entry.endsWith(".jar")))
                .reduce((left, right) -> left + File.pathSeparator + right)
                .orElseThrow();
    }

    private static Path folder(List<String> classPath, String name) {
        return classPath.stream()
                .map(Path::of)
                .filter(path -> path.endsWith(name) && Files.isDirectory(path))
                .findFirst()
                .orElseThrow();
    }

    /** Folders are entries of their own: Spring looks for them. */
    private static void read(Path root, Predicate<Path> wanted, Map<String, byte[]> content) throws IOException {
        try (var paths = Files.walk(root)) {
            for (Path path : paths.filter(it -> !it.equals(root)).filter(wanted).toList()) {
                String name = root.relativize(path).toString().replace(File.separatorChar, '/');
                if (Files.isDirectory(path)) {
                    content.put(name + "/", new byte[0]);
                } else {
                    content.put(name, Files.readAllBytes(path));
                }
            }
        }
    }

    private static Map<String, byte[]> woven(Path classes) throws IOException {
        var woven = new TreeMap<String, byte[]>();
        try (var locator = new ClassFileLocator.Compound(
                new ClassFileLocator.ForFolder(classes.toFile()),
                ClassFileLocator.ForClassLoader.of(Traps.class.getClassLoader()))) {
            var pool = TypePool.Default.of(locator);
            for (String type :
                    Point.inCode().stream().map(Point::typeName).distinct().toList()) {
                byte[] bytes = new ByteBuddy()
                        .redefine(pool.describe(type).resolve(), locator)
                        .visit(Advice.to(Before.class).on(namedOneOf(methods(type, Point.Edge.BEFORE))))
                        .visit(Advice.to(After.class).on(namedOneOf(methods(type, Point.Edge.AFTER))))
                        .make()
                        .getBytes();
                woven.put(type.replace('.', '/') + ".class", bytes);
            }
        }
        return woven;
    }

    private static String[] methods(String type, Point.Edge edge) {
        return Point.inCode().stream()
                .filter(point -> point.edge == edge && point.typeName().equals(type))
                .map(Point::methodName)
                .distinct()
                .toArray(String[]::new);
    }
}
