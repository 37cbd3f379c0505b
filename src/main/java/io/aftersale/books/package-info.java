/** Our books held against the payment provider's, day by day. What differs goes to finance; nothing is mended by itself. */
package io.aftersale.books;
