package io.aftersale.support;

import java.nio.file.Path;
import java.util.Set;

/**
 * Where browser tests leave what they saw: in {@code target/screenshots}. Those that README and docs show are written
 * there by {@code ./mvnw -Ppictures test} and by nothing else, so that they stay true and a build changes no file.
 */
public final class Screenshots {
    private static final Path DOCS = Path.of("docs/images");
    private static final Path TARGET = Path.of("target/screenshots");

    /** What README and docs show. */
    public static final Set<String> SHOWN = Set.of("audit-form.png", "whole-case.png", "insight.png", "heat-map.png");

    private Screenshots() {}

    public static Path of(String name) {
        return SHOWN.contains(name) && Boolean.getBoolean("pictures.write") ? DOCS.resolve(name) : TARGET.resolve(name);
    }
}
