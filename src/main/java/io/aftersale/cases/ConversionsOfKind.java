package io.aftersale.cases;

import java.util.Set;

/** What cases of one kind may become while they run. The room that handles the kind implements it. */
public interface ConversionsOfKind {
    Kind kind();

    /** What this case may become as it stands; empty when it is too late or too early. Changes nothing. */
    Set<Conversion> openConversions(CaseFile file);

    /**
     * Tells the process of the case, within the buyer's transaction; the conversion is on record already.
     *
     * @return false when the process does not take it after all; everything is rolled back then
     */
    boolean convert(CaseFile file, Conversion to);
}
