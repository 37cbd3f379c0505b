package io.aftersale.cases;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The answers of tables that a room keeps on its records, for whoever wants to ask them anew. */
public interface PastRulings {
    /**
     * All answers of a table on the newest cases that it was asked about, the newest case first.
     *
     * @param merchantIds whose cases
     * @param cases at most so many cases
     */
    List<PastRuling> ofNewestCases(String table, Collection<String> merchantIds, int cases);

    /** How many answers each table has given on cases of these merchants; tables without any are left out. */
    Map<String, Long> count(Collection<String> merchantIds);
}
