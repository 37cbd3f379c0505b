/**
 * Product reviews: what buyers write about what they bought, the scan and the moderators who stand before the public,
 * and the ratings that are counted from it. Knows cases and the ground floor; no other flow's room knows it.
 */
package io.aftersale.reviews;
