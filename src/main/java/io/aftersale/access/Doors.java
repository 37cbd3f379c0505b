package io.aftersale.access;

import io.aftersale.engine.Account;
import io.aftersale.engine.Accounts;
import io.aftersale.engine.Grants;
import io.aftersale.engine.RouteGuard;
import io.aftersale.engine.WebLogin;
import jakarta.servlet.DispatcherType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * Who may knock where. Each door has a chain of its own; what no chain opens is closed, with 401 to strangers and never
 * a redirect. The patterns are path patterns on purpose: the engine's REST is a servlet of its own that matchers of
 * controllers do not see. The web apps keep their own login, tokens against forged requests and headers.
 */
@Configuration(proxyBeanMethods = false)
class Doors {
    private static final PathPatternRequestMatcher.Builder AT = PathPatternRequestMatcher.withDefaults();
    private static final String SUPERVISORS = "supervisors";
    private static final String FINANCE = "finance";
    private static final String WAREHOUSE = "warehouse";
    private static final String TECHNICIANS = "technicians";

    private final Accounts accounts;
    private final WebLogin web;
    private final Refusals refusals;
    private final LoginThrottle throttle;
    private final RouteGuard routes;

    Doors(Accounts accounts, WebLogin web, Refusals refusals, LoginThrottle throttle, RouteGuard routes) {
        this.accounts = accounts;
        this.web = web;
        this.refusals = refusals;
        this.throttle = throttle;
        this.routes = routes;
    }

    /** The throttle stands in the chains below, not in front of everything. */
    @Bean
    FilterRegistrationBean<LoginThrottle> throttleOnlyAtTheDoors() {
        var registration = new FilterRegistrationBean<>(throttle);
        registration.setEnabled(false);
        return registration;
    }

    @Bean
    FilterRegistrationBean<RouteGuard> routesOnlyAtTheDoors() {
        var registration = new FilterRegistrationBean<>(routes);
        registration.setEnabled(false);
        return registration;
    }

    /** The engine's REST. What a role may call there is the route guard's word. */
    @Bean
    @Order(1)
    SecurityFilterChain engineDoor(HttpSecurity http) throws Exception {
        http.securityMatcher(AT.matcher("/engine-rest/**"))
                .addFilterAfter(routes, AuthorizationFilter.class)
                .authorizeHttpRequests(calls -> calls.anyRequest().authenticated());
        return stateless(http).build();
    }

    /** Our REST: for systems. People read pictures, give more time, hide reviews and restore them; senders of callbacks are known by their signature. */
    @Bean
    @Order(2)
    SecurityFilterChain ourDoor(HttpSecurity http) throws Exception {
        http.securityMatcher(AT.matcher("/api/**"))
                .addFilterAfter(new WebSession(web, accounts), BasicAuthenticationFilter.class)
                .authorizeHttpRequests(calls -> calls.requestMatchers(AT.matcher(HttpMethod.POST, "/api/callbacks/**"))
                        .permitAll()
                        .requestMatchers(AT.matcher(HttpMethod.GET, "/api/evidence/{id}"))
                        .hasAnyAuthority(Account.SYSTEMS, LoggedIn.PEOPLE)
                        .requestMatchers(
                                AT.matcher(HttpMethod.POST, "/api/cases/{number}/extension"),
                                AT.matcher(HttpMethod.GET, "/api/cases/{number}/waits"))
                        .hasAuthority(LoggedIn.PEOPLE)
                        .requestMatchers(
                                AT.matcher(HttpMethod.POST, "/api/reviews/{number}/hiding"),
                                AT.matcher(HttpMethod.POST, "/api/reviews/{number}/restoration"))
                        .hasAuthority(LoggedIn.PEOPLE)
                        .requestMatchers(AT.matcher(HttpMethod.POST, "/api/cases/{number}/pictures"))
                        .hasAnyAuthority(WAREHOUSE, TECHNICIANS, SUPERVISORS)
                        .requestMatchers(AT.matcher(HttpMethod.POST, "/api/parcels/receipts"))
                        .hasAnyAuthority(WAREHOUSE, SUPERVISORS)
                        .requestMatchers(AT.matcher("/api/rules/**"))
                        .hasAnyAuthority(Grants.OWNERS, SUPERVISORS)
                        .requestMatchers(
                                AT.matcher(HttpMethod.GET, "/api/statistics/**"),
                                AT.matcher(HttpMethod.GET, "/api/statistics.csv"))
                        .hasAnyAuthority(Account.SYSTEMS, Grants.OWNERS, SUPERVISORS)
                        .requestMatchers(AT.matcher(HttpMethod.GET, "/api/tasks/{id}/story"))
                        .hasAuthority(LoggedIn.PEOPLE)
                        .requestMatchers(AT.matcher("/api/flows/**"))
                        .hasAuthority(Grants.OWNERS)
                        .requestMatchers(
                                AT.matcher("/api/operations/payouts/**"), AT.matcher("/api/operations/books/**"))
                        .hasAnyAuthority(Account.ADMINISTRATORS, FINANCE)
                        .requestMatchers(AT.matcher("/api/operations/**"))
                        .hasAuthority(Account.ADMINISTRATORS)
                        .anyRequest()
                        .hasAuthority(Account.SYSTEMS));
        return stateless(http).build();
    }

    /** The web apps: their files and their login are open, the rest asks for their session. */
    @Bean
    @Order(3)
    SecurityFilterChain webDoor(HttpSecurity http) throws Exception {
        return http.securityMatcher(AT.matcher("/camunda/**"))
                .csrf(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .addFilterBefore(throttle, AuthorizationFilter.class)
                .addFilterAfter(routes, AuthorizationFilter.class)
                .authorizeHttpRequests(calls -> calls.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(AT.matcher("/camunda/api/admin/setup/**"))
                        .denyAll()
                        .anyRequest()
                        .permitAll())
                .build();
    }

    /** Everything else: probes are open, watching is for administrators, reading the API's description for users. */
    @Bean
    @Order(4)
    SecurityFilterChain otherDoors(HttpSecurity http) throws Exception {
        http.addFilterAfter(new WebSession(web, accounts), BasicAuthenticationFilter.class)
                .authorizeHttpRequests(calls -> calls.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(
                                AT.matcher(HttpMethod.GET, "/actuator/health/liveness"),
                                AT.matcher(HttpMethod.GET, "/actuator/health/readiness"),
                                AT.matcher(HttpMethod.GET, "/"),
                                AT.matcher(HttpMethod.GET, "/camunda"),
                                // The web apps look for it before the login; a challenge would open a dialog there.
                                AT.matcher(HttpMethod.GET, "/camunda-welcome"))
                        .permitAll()
                        .requestMatchers(AT.matcher("/actuator/**"))
                        .hasAuthority(Account.ADMINISTRATORS)
                        .requestMatchers(AT.matcher("/insight/**"))
                        .hasAuthority(LoggedIn.PEOPLE)
                        .requestMatchers(AT.matcher("/warehouse/**"))
                        .hasAnyAuthority(WAREHOUSE, TECHNICIANS, SUPERVISORS)
                        .requestMatchers(AT.matcher("/more-time/**"))
                        .hasAuthority(SUPERVISORS)
                        .requestMatchers(AT.matcher("/rules/**"))
                        .hasAnyAuthority(Grants.OWNERS, SUPERVISORS)
                        .anyRequest()
                        .authenticated());
        return stateless(http).build();
    }

    private HttpSecurity stateless(HttpSecurity http) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS)
                        // The session is the web apps' own: under another name, a page's next picture would find none.
                        .sessionFixation(fixation -> fixation.none()))
                .httpBasic(basic -> basic.authenticationEntryPoint(refusals))
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .addFilterBefore(throttle, BasicAuthenticationFilter.class)
                .addFilterBefore(new EngineIdentity(accounts), AuthorizationFilter.class);
    }
}
