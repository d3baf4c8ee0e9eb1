package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskFile;
import cloud.bevy.foundation.base.Log;
import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.World;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.UnaryOperator;

/// Worlds in which something happens before a call is made: the test may let it wait, or throw.
final class Meddled {
  private Meddled() {}

  /// What happens before a method of that name is called.
  interface Before {
    void call(String method) throws Exception;
  }

  /// A world that is meddled with when files are used.
  static World files(World world, Before before) {
    return between(
        World.class,
        world,
        method -> {},
        result -> result instanceof Disk disk ? files(disk, before) : result);
  }

  private static Disk files(Disk disk, Before before) {
    return between(
        Disk.class,
        disk,
        method -> {},
        result ->
            result instanceof DiskFile file
                ? between(DiskFile.class, file, before, UnaryOperator.identity())
                : result);
  }

  /// A world that is meddled with when files are opened, listed, renamed or deleted.
  static World disk(World world, Before before) {
    return inside(world, Disk.class, before);
  }

  /// A world that is meddled with when tasks are started and waited for.
  static World tasks(World world, Before before) {
    return inside(world, Tasks.class, before);
  }

  /// A world that is meddled with when something is said.
  static World log(World world, Before before) {
    return inside(world, Log.class, before);
  }

  private static <T> World inside(World world, Class<T> part, Before before) {
    return between(
        World.class,
        world,
        method -> {},
        result ->
            part.isInstance(result)
                ? between(part, part.cast(result), before, UnaryOperator.identity())
                : result);
  }

  private static <T> T between(
      Class<T> kind, T real, Before before, UnaryOperator<Object> results) {
    return kind.cast(
        Proxy.newProxyInstance(
            kind.getClassLoader(),
            new Class<?>[] {kind},
            (proxy, method, arguments) -> {
              before.call(method.getName());
              return results.apply(call(real, method, arguments));
            }));
  }

  private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
