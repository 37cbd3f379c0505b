package io.aftersale.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.TaskAlreadyClaimedException;
import org.camunda.bpm.engine.exception.NotFoundException;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.camunda.bpm.engine.rest.exception.RestException;
import org.glassfish.jersey.server.ParamException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.PessimisticLockingFailureException;

/**
 * Says what a failure of the engine's REST means to its caller, in the same words as our own REST. What the caller did
 * is 4xx; only what went wrong on our side is 500, logged here and not shown. The answers carry {@code message} beside
 * the members of problem+json, since the web apps show that. Belongs to the hardening classes.
 */
final class EngineProblems {
    private static final Logger LOG = LoggerFactory.getLogger(EngineProblems.class);
    private static final String FOREIGN = "belongs to no authenticated tenant";

    /** What the engine says of a query that asks for what cannot be asked; it has no kind of failure for that. */
    private static final List<String> UNASKABLE =
            List.of(" is empty", " contains null", "cannot be used to query", "limit can't be set larger");

    private EngineProblems() {}

    static Problem explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Problem known = known(cause);
            if (known != null) {
                return known;
            }
        }
        if (failure instanceof RestException refused
                && refused.getStatus() != null
                && refused.getStatus() != Response.Status.INTERNAL_SERVER_ERROR) {
            return byStatus(refused.getStatus().getStatusCode(), refused.getMessage());
        }
        if (failure instanceof WebApplicationException refused
                && refused.getResponse().getStatus() < Response.Status.INTERNAL_SERVER_ERROR.getStatusCode()) {
            return byStatus(refused.getResponse().getStatus(), null);
        }
        LOG.error("A call to the engine failed", failure);
        return new Problem(ProblemCode.INTERNAL_ERROR, "The request could not be carried out.");
    }

    static Map<String, Object> body(Problem problem) {
        var body = new LinkedHashMap<>(problem.body());
        body.put("message", problem.detail());
        return body;
    }

    private static Problem known(Throwable cause) {
        if (cause instanceof Problem problem) {
            return problem;
        }
        if (cause instanceof TaskAlreadyClaimedException) {
            return new Problem(ProblemCode.TASK_ALREADY_CLAIMED, "Somebody else has claimed the task.");
        }
        if (cause instanceof OptimisticLockingException || cause instanceof PessimisticLockingFailureException) {
            return new Problem(
                    ProblemCode.CONCURRENT_CHANGE, "Somebody else changed this at the same time; please look again.");
        }
        if (cause instanceof AuthorizationException) {
            return new Problem(ProblemCode.NOT_ALLOWED, "You have no right to this.");
        }
        if (cause instanceof JsonProcessingException) {
            return new Problem(ProblemCode.MALFORMED_REQUEST, "The body, or a value in it, cannot be read.");
        }
        if (cause instanceof ParseException unreadable) {
            return unreadable(unreadable);
        }
        if (cause instanceof FormFieldValidationException || says(cause, "Could not parse")) {
            return new Problem(ProblemCode.MALFORMED_REQUEST, sentence(cause));
        }
        if (cause instanceof ParamException.QueryParamException odd) {
            return new Problem(
                            ProblemCode.MALFORMED_REQUEST,
                            "The parameter '" + odd.getParameterName() + "' has a value of the wrong type.")
                    .with("field", odd.getParameterName());
        }
        if (isAboutNoTask(cause)) {
            return new Problem(ProblemCode.TASK_NOT_FOUND, "There is no such task, or it is done already.");
        }
        if (cause instanceof NotFoundException) {
            return new Problem(ProblemCode.RESOURCE_NOT_FOUND, sentence(cause));
        }
        if (cause instanceof BadUserRequestException || isAboutTheQuery(cause)) {
            return new Problem(ProblemCode.MALFORMED_REQUEST, sentence(cause));
        }
        if (cause instanceof IllegalStateException && says(cause, "@FormParam")) {
            return new Problem(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "This content type is not taken here.");
        }
        if (cause instanceof NullValueException || says(cause, FOREIGN)) {
            return new Problem(ProblemCode.RESOURCE_NOT_FOUND, "There is no such thing, or it is done already.");
        }
        return null;
    }

    /** What the engine itself finds wrong with a model: the first of it, as the deployment's own guards say it. */
    private static Problem unreadable(ParseException cause) {
        for (var report : cause.getResorceReports()) {
            for (var error : report.getErrors()) {
                String words = String.valueOf(error.getMessage())
                        .lines()
                        .findFirst()
                        .orElse("")
                        .replaceFirst("[.]\\s*$", "");
                return new ModelFile(String.valueOf(report.getResourceName()), new byte[0])
                        .refuse(
                                "cannot be run (line %d: %s)".formatted(error.getLine(), words),
                                "mend it in Modeler and deploy it again");
            }
        }
        return new Problem(ProblemCode.MALFORMED_REQUEST, sentence(cause));
    }

    private static boolean isAboutNoTask(Throwable cause) {
        return cause instanceof NullPointerException && says(cause, "because \"task\" is null")
                || cause instanceof NullValueException && says(cause, "task is null")
                || cause instanceof RestException && says(cause, "No matching task with id");
    }

    private static boolean isAboutTheQuery(Throwable cause) {
        return cause.getClass() == ProcessEngineException.class
                && cause.getCause() == null
                && UNASKABLE.stream().anyMatch(words -> says(cause, words));
    }

    /** Some of the engine's failures are known by their words alone. */
    private static boolean says(Throwable cause, String words) {
        return cause.getMessage() != null && cause.getMessage().contains(words);
    }

    private static Problem byStatus(int status, String message) {
        return switch (status) {
            case 401 -> new Problem(ProblemCode.LOGIN_REQUIRED, "Please log in.");
            case 403 -> new Problem(ProblemCode.NOT_ALLOWED, "You have no right to this.");
            case 404 ->
                new Problem(
                        ProblemCode.RESOURCE_NOT_FOUND,
                        message == null ? "There is nothing at this address." : message);
            case 405 -> new Problem(ProblemCode.METHOD_NOT_ALLOWED, "This method is not offered here.");
            case 406 -> new Problem(ProblemCode.NOT_ACCEPTABLE, "This representation is not offered.");
            case 409 -> new Problem(ProblemCode.CONCURRENT_CHANGE, "This was changed at the same time.");
            case 413 -> new Problem(ProblemCode.REQUEST_TOO_LARGE, "The request is larger than what is taken here.");
            case 415 -> new Problem(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "This content type is not taken here.");
            default ->
                new Problem(ProblemCode.MALFORMED_REQUEST, message == null ? "The request cannot be read." : message);
        };
    }

    /** The engine's own sentence, without its number. */
    private static String sentence(Throwable cause) {
        return cause.getMessage() == null
                ? "The request cannot be carried out."
                : cause.getMessage().replaceFirst("^ENGINE-\\d+ ", "");
    }
}
