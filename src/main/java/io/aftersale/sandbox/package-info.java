/**
 * Stand-ins for the world outside: a payment provider that speaks real HTTP on a port of its own. It is part of the
 * profiles {@code demo} and {@code test} only, no other room knows it, and it knows no other room: what it has of a
 * refund came in over HTTP.
 */
package io.aftersale.sandbox;
