/** Sparse matrices and SIMD kernels. */
module hlstm.sparse {
    requires static jdk.incubator.vector;
    requires jdk.management;
    requires it.unimi.dsi.fastutil.core;

    exports hlstm.sparse;
}
