package io.aftersale.cases;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Lets {@link Evidence} forget uploads by the clock of the machine. No case waits for this clock. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class EvidenceCleaning {}
