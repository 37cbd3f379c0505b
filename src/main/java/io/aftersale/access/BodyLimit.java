package io.aftersale.access;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies that are larger than a call can need, before anybody reads them. A body whose length is not said in
 * advance is read here up to the limit and handed on from memory, so that nothing behind this door can be surprised by
 * its end. It never looks into a body.
 */
class BodyLimit extends OncePerRequestFilter {
    static final int MOST_BYTES = 256 * 1024;
    static final int MOST_BYTES_OF_FILES = 6 * 1024 * 1024;

    private static final PathPatternRequestMatcher.Builder AT = PathPatternRequestMatcher.withDefaults();
    private static final RequestMatcher PICTURES = AT.matcher(HttpMethod.POST, "/api/evidence");
    private static final RequestMatcher FILES =
            new OrRequestMatcher(PICTURES, AT.matcher(HttpMethod.POST, "/engine-rest/deployment/create"));

    private final Refusals refusals;

    BodyLimit(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        int limit = FILES.matches(request) ? MOST_BYTES_OF_FILES : MOST_BYTES;
        if (request.getContentLengthLong() > limit) {
            refuse(response, limit);
        } else if (request.getContentLengthLong() >= 0 || PICTURES.matches(request)) {
            // The container stops at the length said; it also counts the parts of a picture's body as they come.
            chain.doFilter(request, response);
        } else {
            byte[] body = request.getInputStream().readNBytes(limit + 1);
            if (body.length > limit) {
                refuse(response, limit);
            } else {
                chain.doFilter(new Held(request, body), response);
            }
        }
    }

    private void refuse(HttpServletResponse response, int limit) throws IOException {
        refusals.answer(
                response, new Problem(ProblemCode.REQUEST_TOO_LARGE, "A body has at most " + limit + " bytes here."));
    }

    /** A request whose body was read already. */
    private static final class Held extends HttpServletRequestWrapper {
        private final HeldBody body;

        Held(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = new HeldBody(body);
        }

        @Override
        public ServletInputStream getInputStream() {
            return body;
        }

        @Override
        public BufferedReader getReader() {
            String named = getCharacterEncoding();
            Charset charset = named == null ? StandardCharsets.UTF_8 : Charset.forName(named);
            return new BufferedReader(new InputStreamReader(body, charset));
        }
    }

    private static final class HeldBody extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        HeldBody(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int from, int length) {
            return bytes.read(into, from, length);
        }

        @Override
        public int available() {
            return bytes.available();
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("bodies are read by the thread of their call");
        }
    }
}
