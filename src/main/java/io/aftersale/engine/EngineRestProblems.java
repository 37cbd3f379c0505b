package io.aftersale.engine;

import jakarta.ws.rs.core.FeatureContext;
import org.glassfish.jersey.internal.spi.AutoDiscoverable;

/**
 * Puts our mappers of failures into both of the engine's REST applications, the open one and that of the web apps. Found
 * by Jersey through {@code META-INF/services}, since the second one is made by the engine and takes nothing from us.
 */
public class EngineRestProblems implements AutoDiscoverable {
    @Override
    public void configure(FeatureContext context) {
        context.register(EngineProblemMapper.OfAnything.class)
                .register(EngineProblemMapper.OfProblems.class)
                .register(EngineProblemMapper.OfTheEngine.class)
                .register(EngineProblemMapper.OfItsRest.class)
                .register(EngineProblemMapper.OfParsing.class)
                .register(EngineProblemMapper.OfReading.class);
    }
}
