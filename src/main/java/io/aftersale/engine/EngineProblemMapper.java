package io.aftersale.engine;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.aftersale.problems.Problem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.rest.exception.RestException;

/**
 * Answers every failure of the engine's REST with problem+json. There is one for each kind of failure that the engine
 * maps itself, with a higher priority than the engine's own.
 */
abstract class EngineProblemMapper<E extends Throwable> implements ExceptionMapper<E> {
    private static final int BEFORE_THE_ENGINES = 1;

    @Override
    public Response toResponse(E failure) {
        Problem problem = EngineProblems.explain(failure);
        return Response.status(problem.code().status())
                .type("application/problem+json")
                .entity(EngineProblems.body(problem))
                .build();
    }

    @Priority(BEFORE_THE_ENGINES)
    static class OfAnything extends EngineProblemMapper<Throwable> {}

    @Priority(BEFORE_THE_ENGINES)
    static class OfProblems extends EngineProblemMapper<Problem> {}

    @Priority(BEFORE_THE_ENGINES)
    static class OfTheEngine extends EngineProblemMapper<ProcessEngineException> {}

    @Priority(BEFORE_THE_ENGINES)
    static class OfItsRest extends EngineProblemMapper<RestException> {}

    @Priority(BEFORE_THE_ENGINES)
    static class OfParsing extends EngineProblemMapper<JsonParseException> {}

    @Priority(BEFORE_THE_ENGINES)
    static class OfReading extends EngineProblemMapper<JsonMappingException> {}
}
