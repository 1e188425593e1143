package hlstm.bench.peers;

import ai.djl.pytorch.jni.JniUtils;

/** The number of threads that PyTorch works on: one setting of the process, which peers share. */
final class TorchThreads {
    private static int current;

    private TorchThreads() {}

    /** Sets it where it is another; called before each run, from one thread. */
    static void use(int threads) {
        if (current != threads) {
            JniUtils.setNumThreads(threads);
            current = threads;
        }
    }
}
