/**
 * What is moved: units that the stock system books, parcels that the carrier takes, and what both and the warehouse tell
 * of them. Every flow with goods uses it; it knows cases and no flow.
 */
package io.aftersale.logistics;
