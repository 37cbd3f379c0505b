package io.aftersale.engine;

/** Reads one kind of file before it is deployed and refuses what could not work or must not be. It changes nothing. */
interface ModelGuard {
    boolean reads(ModelFile file);

    /**
     * @param others what is deployed already or comes in the same deployment
     * @throws io.aftersale.problems.Problem MODEL_REFUSED, with a sentence that names element and mend
     */
    void check(ModelFile file, Neighbours others);
}
