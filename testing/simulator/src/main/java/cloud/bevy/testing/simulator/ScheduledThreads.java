package cloud.bevy.testing.simulator;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.util.concurrent.Executor;

/// Makes virtual threads that run on an executor of our own. The JDK has the constructor for its
/// own tests; the JVM must be started with `--add-opens=java.base/java.lang=ALL-UNNAMED`.
final class ScheduledThreads {
  private static final MethodHandle BUILDER = builder();

  private ScheduledThreads() {}

  static Thread unstarted(Executor executor, String name, Runnable body) {
    try {
      Thread.Builder.OfVirtual builder = (Thread.Builder.OfVirtual) BUILDER.invokeExact(executor);
      return builder.name(name).unstarted(body);
    } catch (Throwable impossible) {
      throw new LinkageError("this JDK makes no virtual threads on an executor", impossible);
    }
  }

  private static MethodHandle builder() {
    try {
      Class<?> type = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder");
      Constructor<?> constructor = type.getDeclaredConstructor(Executor.class);
      constructor.setAccessible(true);
      MethodType shape = MethodType.methodType(Thread.Builder.OfVirtual.class, Executor.class);
      return MethodHandles.lookup().unreflectConstructor(constructor).asType(shape);
    } catch (ReflectiveOperationException | RuntimeException closed) {
      throw new LinkageError(
          "the simulator needs a JVM with --add-opens=java.base/java.lang=ALL-UNNAMED", closed);
    }
  }
}
