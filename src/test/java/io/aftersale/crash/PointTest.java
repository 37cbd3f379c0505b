package io.aftersale.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A point whose method was renamed would never be reached, and nobody would die there. */
class PointTest {
    @Test
    void every_point_lies_in_one_method_of_the_code() {
        assertThat(Point.inCode()).isNotEmpty().allSatisfy(point -> assertThat(Arrays.stream(
                                Class.forName(point.typeName()).getDeclaredMethods())
                        .filter(method -> !method.isSynthetic())
                        .map(Method::getName))
                .as(point.name())
                .containsOnlyOnce(point.methodName()));
    }
}
