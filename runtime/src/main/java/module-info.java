/** Inference with compact LSTMs: models, sessions, features and decoding. */
module hlstm.runtime {
    requires transitive hlstm.sparse;
    requires jdk.management;
    requires it.unimi.dsi.fastutil.core;

    exports hlstm.runtime;
    exports hlstm.runtime.audio;
    exports hlstm.runtime.decode;
    exports hlstm.runtime.safetensors;
    exports hlstm.runtime.search;
    exports hlstm.runtime.text;
}
