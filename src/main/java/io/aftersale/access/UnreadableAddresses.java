package io.aftersale.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Answers in problem+json what the container itself refuses before any door sees it, such as an address that cannot be
 * decoded. Every other page of the container stays as it is.
 */
@Component
class UnreadableAddresses implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private final ObjectMapper json;

    UnreadableAddresses(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new Report(body())));
    }

    private String body() {
        try {
            return json.writeValueAsString(
                    new Problem(ProblemCode.MALFORMED_REQUEST, "The address cannot be read.").body());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Plain texts can be written", impossible);
        }
    }

    private static final class Report extends ErrorReportValve {
        private final String body;

        private Report(String body) {
            this.body = body;
            setShowReport(false);
            setShowServerInfo(false);
        }

        @Override
        protected void report(Request request, Response response, Throwable failure) {
            if (response.getStatus() != HttpStatus.BAD_REQUEST.value() || response.getContentWritten() > 0) {
                super.report(request, response, failure);
                return;
            }
            if (!response.setErrorReported()) {
                return;
            }
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding("UTF-8");
            try {
                response.getReporter().write(body);
                response.finishResponse();
            } catch (IOException gone) {
                container.getLogger().debug("Nobody waits for the answer any more", gone);
            }
        }
    }
}
