package io.aftersale.goods;

/**
 * What of a line came back, as a person counted it and the tables judged it. {@code accepted} are the units that are paid
 * for; above {@code received} where they count as received unseen. {@code disposition} is where accepted units go, null
 * as long as nobody said.
 */
record GoodsLine(
        String lineId,
        int authorized,
        int received,
        int accepted,
        String condition,
        Flaws flaws,
        String intactness,
        long deductionPerMille,
        String disposition,
        String inspectedBy) {

    /** What the inspector looked for. */
    record Flaws(boolean sealBroken, boolean activated, boolean serialAltered, boolean tagRemoved, boolean soiled) {
        static final Flaws NONE = new Flaws(false, false, false, false, false);
    }

    GoodsLine judged(String intactness, long deductionPerMille, String disposition) {
        return new GoodsLine(
                lineId,
                authorized,
                received,
                accepted,
                condition,
                flaws,
                intactness,
                deductionPerMille,
                disposition,
                inspectedBy);
    }

    /** All that was authorized is paid for in full, whatever came back. */
    GoodsLine acceptedInFull(String disposition) {
        return new GoodsLine(
                lineId, authorized, received, authorized, condition, flaws, intactness, 0, disposition, inspectedBy);
    }

    /** Units that are here and stay here. */
    int kept() {
        return Math.min(accepted, received);
    }

    /** Units that are here and are not ours to keep: refused, or more than was authorized. */
    int toBuyer() {
        return received - kept();
    }

    int receivedPerMille() {
        return (int) (received * 1000L / authorized);
    }
}
