/**
 * One order in one go: an after-sale application, a review and a feedback that are checked together before any is kept,
 * and shown together while each runs by its own flow. It stands one floor above the rooms that it looks at.
 */
package io.aftersale.handling;
