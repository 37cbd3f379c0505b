package io.aftersale.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Fills the desks of the demo: two shops tell their orders and apply for their buyers, people claim and answer. All of
 * it goes over HTTP with the demo's own users, so whatever lies on a desk came there the way a real case would. It runs
 * in the background once the application is ready, and only once: the last order that it tells says that it is done.
 */
@Component
@Profile("demo")
class Samples {
    private static final Logger LOG = LoggerFactory.getLogger(Samples.class);

    private final ObjectMapper json;
    private final Clock clock;
    private final boolean enabled;

    Samples(ObjectMapper json, Clock clock, @Value("${aftersale.samples:true}") boolean enabled) {
        this.json = json;
        this.clock = clock;
        this.enabled = enabled;
    }

    @EventListener
    void start(ApplicationReadyEvent ready) {
        if (enabled && ready.getApplicationContext() instanceof WebServerApplicationContext web) {
            var background = new Thread(() -> tryToFill(web.getWebServer().getPort()), "samples");
            background.setDaemon(true);
            background.start();
        }
    }

    private void tryToFill(int port) {
        try {
            fill(port);
        } catch (RuntimeException broken) {
            LOG.warn("The sample orders and cases are not complete; the next start goes on with them", broken);
        }
    }

    /** Tells what is missing. Told twice, the second time does nothing. */
    void fill(int port) {
        var team = team(port);
        var orders = orders();
        SampleOrder last = orders.get(orders.size() - 1);
        if (team.knows(last)) {
            return;
        }
        orders.subList(0, orders.size() - 1).forEach(order -> team.tell(order, clock.instant()));
        var cases = cases();
        cases.forEach(team::play);
        var feedback = feedback();
        feedback.forEach(team::play);
        reviews().forEach(team::write);
        team.tell(last, clock.instant());
        LOG.info(
                "Told {} sample orders, {} sample cases and {} feedbacks",
                orders.size(),
                cases.size(),
                feedback.size());
    }

    SampleTeam team(int port) {
        return new SampleTeam(HttpClient.newHttpClient(), json, URI.create("http://127.0.0.1:" + port));
    }

    List<SampleOrder> orders() {
        return List.of(read("demo/orders.json", SampleOrder[].class));
    }

    List<SampleCase> cases() {
        return List.of(read("demo/cases.json", SampleCase[].class));
    }

    List<SampleFeedback> feedback() {
        return List.of(read("demo/feedback.json", SampleFeedback[].class));
    }

    List<SampleReview> reviews() {
        return List.of(read("demo/reviews.json", SampleReview[].class));
    }

    private <T> T read(String name, Class<T> type) {
        try (var file = new ClassPathResource(name).getInputStream()) {
            return json.readValue(file, type);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
