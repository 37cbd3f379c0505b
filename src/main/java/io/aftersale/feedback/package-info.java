/**
 * What buyers say about the shop, in private: answered by a person within a time, rated by the buyer once, followed up
 * where the buyer is not content. It knows orders and cases, and moves neither.
 */
package io.aftersale.feedback;
