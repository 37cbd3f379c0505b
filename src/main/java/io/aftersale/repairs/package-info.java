/**
 * Repairs: what a technician finds, on which terms it is mended, the quote, the work and the way back. Knows cases,
 * logistics and the ground floor; no other flow's room knows it.
 */
package io.aftersale.repairs;
