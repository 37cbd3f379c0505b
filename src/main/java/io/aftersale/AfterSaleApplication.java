package io.aftersale;

import java.util.TimeZone;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts the application; every room wires itself. The engine writes its times in the zone of the JVM, and nodes in
 * different zones would take each other's jobs, so the zone is UTC whatever the machine says.
 */
@SpringBootApplication
public class AfterSaleApplication {
    public static void main(String[] args) {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        SpringApplication.run(AfterSaleApplication.class, args);
    }
}
