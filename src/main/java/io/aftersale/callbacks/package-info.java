/**
 * Signed events from outside: the signature, the inbox that keeps each once, and the worker that hands them on. Any room
 * above takes part by a {@link io.aftersale.callbacks.CallbackHandler}; this one knows none of them.
 */
package io.aftersale.callbacks;
