/**
 * Another article for what comes back: stock that is set aside, what the exchange comes to, and the replacement on its way
 * to the buyer. Knows cases, logistics and the ground; no other flow's room knows it.
 */
package io.aftersale.exchanges;
