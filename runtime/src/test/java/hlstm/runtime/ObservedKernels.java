package hlstm.runtime;

import hlstm.sparse.KernelProviders;
import hlstm.sparse.Kernels;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** The kernels of this process with code of a test before each call. */
final class ObservedKernels {
    /** Code that may wait and may throw. */
    interface Observer {
        void beforeCall() throws Exception;
    }

    private ObservedKernels() {}

    static Kernels of(Observer observer) {
        Kernels kernels = KernelProviders.get();
        return (Kernels)
                Proxy.newProxyInstance(
                        Kernels.class.getClassLoader(),
                        new Class<?>[] {Kernels.class},
                        (proxy, method, arguments) -> {
                            observer.beforeCall();
                            try {
                                return method.invoke(kernels, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }
}
