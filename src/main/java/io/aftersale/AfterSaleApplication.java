package io.aftersale;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the application; every room wires itself. */
@SpringBootApplication
public class AfterSaleApplication {
    public static void main(String[] args) {
        SpringApplication.run(AfterSaleApplication.class, args);
    }
}
