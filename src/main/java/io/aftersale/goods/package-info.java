/**
 * Goods on their way back: permission to send, parcel, inspection, what of it is payable, and where each unit goes.
 * Knows cases and the ground floor; no other flow's room knows it.
 */
package io.aftersale.goods;
