package cloud.bevy.services.functions;

import cloud.bevy.foundation.http.HttpServer;
import cloud.bevy.services.functions.FunctionFault.Kind;
import java.net.UnixDomainSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// An engine that takes requests for the apps of one cloud.
///
/// @param process the engine
/// @param bindings the listener that it reaches tables and buckets through
/// @param sockets where it takes the requests to each app
/// @param cleanUp forgets what it left on the disk
/// @param closed whether it was ended
record RunningEngine(
    EngineProcess process,
    HttpServer bindings,
    Map<String, UnixDomainSocketAddress> sockets,
    Runnable cleanUp,
    AtomicBoolean closed)
    implements AutoCloseable {
  /// Why it is no more.
  Kind causeOfDeath() {
    return process.ranOutOfMemory() ? Kind.FunctionExceededMemory : Kind.FunctionCrashed;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      process.kill();
      bindings.close();
      cleanUp.run();
    }
  }
}
