package io.aftersale.books;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The payment provider's own book of what it paid, seen from here: read only, and a day whole or not at all. */
interface ProviderBook {
    /** What was paid on a day, in UTC; empty where the book could not be read whole. */
    Optional<List<Booking>> settledOn(LocalDate day);
}
