package io.aftersale.problems;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;

/**
 * Turns every failure of a call to {@code /api} into problem+json (RFC 9457) with a stable code. What the caller did
 * wrong is said in a sentence; what went wrong on our side is logged and never shown.
 */
@RestControllerAdvice
class ProblemHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    @ExceptionHandler
    ResponseEntity<Object> problem(Problem problem) {
        return answer(problem);
    }

    @ExceptionHandler
    ResponseEntity<Object> unreadable(HttpMessageNotReadableException unreadable) {
        return answer(JsonProblems.explain(unreadable.getCause()));
    }

    @ExceptionHandler
    ResponseEntity<Object> partsUnreadable(MultipartException unreadable) {
        return answer(
                unreadable instanceof MaxUploadSizeExceededException
                        ? new Problem(ProblemCode.REQUEST_TOO_LARGE, "The file is larger than what is taken here.")
                        : new Problem(ProblemCode.MALFORMED_REQUEST, "The parts of the body cannot be read."));
    }

    @ExceptionHandler
    ResponseEntity<Object> mistyped(MethodArgumentTypeMismatchException mistyped) {
        return answer(
                new Problem(ProblemCode.MALFORMED_REQUEST, "The parameter '" + mistyped.getName() + "' cannot be read.")
                        .with("field", mistyped.getName()));
    }

    /** Another call holds or has just made the rows that this one needs; trying again is safe. */
    @ExceptionHandler({PessimisticLockingFailureException.class, DuplicateKeyException.class})
    ResponseEntity<Object> busy(DataAccessException busy) {
        LOG.info(
                "A call lost a race for its rows: {}",
                busy.getMostSpecificCause().getMessage());
        return answer(new Problem(
                ProblemCode.REQUEST_STILL_RUNNING, "Another request works on the same order; please try again."));
    }

    @ExceptionHandler
    ResponseEntity<Object> anythingElse(Exception failure) throws Exception {
        if (failure instanceof ErrorResponse refused) {
            return answer(byStatus(refused));
        }
        String packageName = failure.getClass().getPackageName();
        if (packageName.startsWith("org.springframework.security")) {
            throw failure;
        }
        LOG.error("A call failed", failure);
        return answer(new Problem(ProblemCode.INTERNAL_ERROR, "The request could not be carried out."));
    }

    private static Problem byStatus(ErrorResponse refused) {
        return switch (refused.getStatusCode().value()) {
            case 404 -> new Problem(ProblemCode.RESOURCE_NOT_FOUND, "There is nothing at this address.");
            case 405 -> new Problem(ProblemCode.METHOD_NOT_ALLOWED, "This method is not offered here.");
            case 406 -> new Problem(ProblemCode.NOT_ACCEPTABLE, "Only JSON is offered here.");
            case 413 -> new Problem(ProblemCode.REQUEST_TOO_LARGE, "The request is larger than what is taken here.");
            case 415 -> new Problem(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "This content type is not taken here.");
            default ->
                new Problem(
                        ProblemCode.MALFORMED_REQUEST,
                        refused.getBody().getDetail() == null
                                ? "The request cannot be read."
                                : refused.getBody().getDetail());
        };
    }

    private static ResponseEntity<Object> answer(Problem problem) {
        return ResponseEntity.status(problem.code().status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem.body());
    }
}
