package io.aftersale.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lowers the page size that the web apps ask for to what the engine allows: Tasklist asks for 2,000 filters at once and
 * would get none of them. It changes nothing else of a call and opens no door.
 */
@Configuration(proxyBeanMethods = false)
class SmallPages {
    private static final String PARAMETER = "maxResults";
    private static final int MOST = 200;

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> smallPagesForTheWebApps() {
        var registration = new FilterRegistrationBean<OncePerRequestFilter>(new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                chain.doFilter(isTooLarge(request.getParameter(PARAMETER)) ? lowered(request) : request, response);
            }
        });
        registration.addUrlPatterns("/camunda/api/engine/*");
        registration.setName("smallPages");
        return registration;
    }

    private static boolean isTooLarge(String asked) {
        return asked != null && asked.matches("[0-9]{1,9}") && Integer.parseInt(asked) > MOST;
    }

    /** Jersey reads the query, not the parameters, so that is where the number is changed. */
    private static HttpServletRequest lowered(HttpServletRequest request) {
        return new HttpServletRequestWrapper(request) {
            @Override
            public String getQueryString() {
                String query = super.getQueryString();
                return query == null
                        ? null
                        : query.replaceAll("(^|&)" + PARAMETER + "=[0-9]+", "$1" + PARAMETER + "=" + MOST);
            }
        };
    }
}
