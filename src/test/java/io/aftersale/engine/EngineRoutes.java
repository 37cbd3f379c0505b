package io.aftersale.engine;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.glassfish.jersey.server.ResourceConfig;

/**
 * Every route of the engine's REST and of the web apps' APIs, read off the resources that are registered with the running
 * application, sub-resources included: one line {@code METHOD /path/{template}} each.
 */
final class EngineRoutes {
    private static final String APPLICATION = "jakarta.ws.rs.Application";

    private final Set<String> routes = new TreeSet<>();

    private EngineRoutes() {}

    static List<String> of(ServletContext servlets, ResourceConfig engineRest) {
        var found = new EngineRoutes();
        found.addAll("/engine-rest", resources(engineRest));
        for (ServletRegistration servlet : servlets.getServletRegistrations().values()) {
            String application = servlet.getInitParameter(APPLICATION);
            if (application != null) {
                String prefix = servlet.getMappings().iterator().next().replace("/*", "");
                found.addAll(prefix, resources(newInstance(application)));
            }
        }
        return List.copyOf(found.routes);
    }

    private static Set<Class<?>> resources(Application application) {
        var classes = new HashSet<>(application.getClasses());
        return classes;
    }

    private static Application newInstance(String application) {
        try {
            return (Application) Class.forName(application).getConstructor().newInstance();
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void addAll(String prefix, Set<Class<?>> resources) {
        for (Class<?> resource : resources) {
            annotation(resource, Path.class).ifPresent(path -> add(join(prefix, path.value()), resource, Set.of()));
        }
    }

    private void add(String prefix, Class<?> resource, Set<Class<?>> above) {
        for (Method method : resource.getMethods()) {
            Optional<Path> path = annotation(method, Path.class);
            String here = path.map(given -> join(prefix, given.value())).orElse(prefix);
            List<String> verbs = verbs(method);
            verbs.forEach(verb -> routes.add(verb + " " + here));
            if (verbs.isEmpty() && path.isPresent() && !above.contains(method.getReturnType())) {
                var deeper = new HashSet<>(above);
                deeper.add(method.getReturnType());
                add(here, method.getReturnType(), deeper);
            }
        }
    }

    private static List<String> verbs(Method method) {
        var verbs = new ArrayList<String>();
        same(method)
                .flatMap(one -> Arrays.stream(one.getAnnotations()))
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .forEach(verb -> verbs.add(verb.value()));
        return verbs;
    }

    private static <A extends Annotation> Optional<A> annotation(Method method, Class<A> kind) {
        return same(method)
                .map(one -> one.getAnnotation(kind))
                .filter(found -> found != null)
                .findFirst();
    }

    private static <A extends Annotation> Optional<A> annotation(Class<?> type, Class<A> kind) {
        return ancestors(type)
                .map(one -> one.getAnnotation(kind))
                .filter(found -> found != null)
                .findFirst();
    }

    /** The method itself and those it overrides, where JAX-RS looks for annotations too. */
    private static Stream<Method> same(Method method) {
        return ancestors(method.getDeclaringClass())
                .flatMap(type -> Stream.of(type.getDeclaredMethods())
                        .filter(other -> other.getName().equals(method.getName())
                                && Arrays.equals(other.getParameterTypes(), method.getParameterTypes())));
    }

    private static Stream<Class<?>> ancestors(Class<?> type) {
        if (type == null) {
            return Stream.empty();
        }
        return Stream.concat(
                Stream.of(type),
                Stream.concat(
                        ancestors(type.getSuperclass()),
                        Arrays.stream(type.getInterfaces()).flatMap(EngineRoutes::ancestors)));
    }

    private static String join(String prefix, String path) {
        String cleaned =
                path.replaceAll("\\{\\s*([^:}\\s]+)\\s*:[^}]*}", "{$1}").replaceAll("^/+|/+$", "");
        return cleaned.isEmpty() ? prefix : prefix + "/" + cleaned;
    }
}
