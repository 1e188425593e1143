/** Inference with compact LSTMs: models, sessions, features and decoding. */
module hlstm.runtime {
    requires transitive hlstm.sparse;

    exports hlstm.runtime;
    exports hlstm.runtime.audio;
    exports hlstm.runtime.decode;
    exports hlstm.runtime.safetensors;
}
