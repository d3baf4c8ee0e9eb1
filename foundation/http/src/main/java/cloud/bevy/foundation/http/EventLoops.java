package cloud.bevy.foundation.http;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.util.concurrent.TimeUnit;

/// The threads that wait for sockets. They only move bytes; whatever blocks runs on virtual
/// threads. A thread is started with its first socket.
final class EventLoops implements AutoCloseable {
  /// One thread moves several hundred MB/s; more of them only take memory.
  private static final int MOST_THREADS = 4;

  /// The smallest buffer that a socket is read into, and the one it begins with.
  private static final int SMALLEST_READ = 64;

  private static final int FIRST_READ = 2 << 10;

  private static final long LAST_WORDS_MILLIS = 1_000;

  private final IoEventLoopGroup group;

  private EventLoops(IoEventLoopGroup group) {
    this.group = group;
  }

  static EventLoops open(String name, int threads) {
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    rememberNothingAboutThisMachine();
    DefaultThreadFactory factory = new DefaultThreadFactory(name, true);
    return new EventLoops(
        new MultiThreadIoEventLoopGroup(threads, factory, NioIoHandler.newFactory()));
  }

  /// How many threads suit this machine.
  static int threads() {
    return Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MOST_THREADS);
  }

  IoEventLoopGroup group() {
    return group;
  }

  /// Where sockets take their buffers from.
  static Buffers allocator() {
    return Allocator.BUFFERS;
  }

  /// How large those buffers are that sockets are read into: as large as what came before. Each
  /// read may wake a task, which costs as much as moving some ten KiB, so much is read at once.
  static RecvByteBufAllocator reading() {
    return new AdaptiveRecvByteBufAllocator(SMALLEST_READ, FIRST_READ, Buffers.LARGEST_BYTES);
  }

  /// Ends the threads, and only then returns: until then the system still takes connections in.
  @Override
  public void close() {
    group
        .shutdownGracefully(0, LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(LAST_WORDS_MILLIS);
  }

  /// Netty names channels after the hardware address of a network card, which it spends tens of
  /// milliseconds of the start to find. Nobody reads those names.
  private static void rememberNothingAboutThisMachine() {
    setDefault("io.netty.machineId", "02:00:00:00:00:00:00:01");
    setDefault("io.netty.processId", "1");
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /// Made when the first socket is opened, not when the class is loaded.
  private static final class Allocator {
    static final Buffers BUFFERS = new Buffers();
  }
}
