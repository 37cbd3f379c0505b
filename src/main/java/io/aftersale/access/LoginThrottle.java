package io.aftersale.access;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import io.github.bucket4j.Bucket;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Slows down whoever guesses passwords, by the address the guesses come from. Each wrong login costs a token and tokens
 * come back slowly; who has none left is turned away unheard, right password or not. Right logins cost nothing, so a
 * busy shop is never slowed down, and nobody can lock another out of an account from a different address. Many guesses
 * at the same moment run into debt and wait the longer.
 */
@Component
class LoginThrottle extends OncePerRequestFilter {
    static final int WRONG_LOGINS = 10;
    static final Duration ONE_MORE_EACH = Duration.ofSeconds(6);

    /** The addresses remembered; the one that was silent longest is forgotten first. */
    private static final int ADDRESSES = 10_000;

    private static final RequestMatcher WEB_LOGIN = PathPatternRequestMatcher.withDefaults()
            .matcher(HttpMethod.POST, "/camunda/api/admin/auth/user/{engine}/login/{app}");

    private final Refusals refusals;
    private final Map<String, Bucket> buckets = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > ADDRESSES;
        }
    });

    LoginThrottle(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) == null && !WEB_LOGIN.matches(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String address = network(request.getRemoteAddr());
        Bucket bucket = buckets.get(address);
        if (bucket != null && bucket.getAvailableTokens() <= 0) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(ONE_MORE_EACH.toSeconds()));
            refusals.answer(
                    response,
                    new Problem(ProblemCode.TOO_MANY_LOGINS, "Too many wrong logins; please wait and try again."));
            return;
        }
        chain.doFilter(request, new Charged(response, address));
    }

    /** Charges a wrong login when its answer is made, not after it was sent: the next guess finds the token gone. */
    private final class Charged extends HttpServletResponseWrapper {
        private final String address;
        private boolean isCharged;

        Charged(HttpServletResponse response, String address) {
            super(response);
            this.address = address;
        }

        @Override
        public void setStatus(int status) {
            charge(status);
            super.setStatus(status);
        }

        @Override
        public void sendError(int status) throws IOException {
            charge(status);
            super.sendError(status);
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            charge(status);
            super.sendError(status, message);
        }

        private void charge(int status) {
            if (status == SC_UNAUTHORIZED && !isCharged) {
                isCharged = true;
                buckets.computeIfAbsent(address, any -> newBucket()).consumeIgnoringRateLimits(1);
            }
        }
    }

    private static Bucket newBucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(WRONG_LOGINS)
                        .refillIntervally(1, ONE_MORE_EACH)
                        .initialTokens(WRONG_LOGINS))
                .build();
    }

    /** An IPv6 caller owns a whole /64, so that is what counts. */
    private static String network(String address) {
        try {
            if (address.indexOf(':') >= 0 && InetAddress.getByName(address) instanceof Inet6Address six) {
                return Arrays.toString(Arrays.copyOf(six.getAddress(), 8));
            }
        } catch (IOException notAnAddress) {
            return address;
        }
        return address;
    }
}
