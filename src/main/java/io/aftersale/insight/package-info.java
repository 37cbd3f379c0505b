/**
 * Figures of what the flows do, and the page on which people look at them. It looks down on all rooms and reads their
 * records; nobody knows it, and it changes nothing but its own sums.
 */
package io.aftersale.insight;
