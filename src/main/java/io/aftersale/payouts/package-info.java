/**
 * Paying an approved refund back: the payout, the talk with the payment provider, and what finance decides where the
 * provider cannot. Knows cases and the ground floor; no other flow's room knows it.
 */
package io.aftersale.payouts;
