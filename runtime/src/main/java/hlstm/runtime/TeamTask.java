package hlstm.runtime;

/** Work in parts that do not touch what another part writes. */
interface TeamTask {
    /** Does a part, on whatever thread. Must not allocate. */
    void run(int part);
}
