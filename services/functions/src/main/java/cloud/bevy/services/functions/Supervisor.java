package cloud.bevy.services.functions;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.HttpLimits;
import cloud.bevy.foundation.http.HttpServer;
import cloud.bevy.services.functions.FunctionFault.Kind;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps the engine of one cloud: starts it for the first request, has it replaced when an app
/// changes, and ends it with the cloud. All functions of a cloud share one engine, and no two
/// clouds do.
final class Supervisor implements AutoCloseable {
  private final World world;
  private final Engine engine;
  private final EngineSettings settings;
  private final Bindings bindings;
  private final Cloud cloud;
  private final FunctionLog log;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable EngineRun current;

  Supervisor(Cloud cloud, Engine engine, EngineSettings settings, Bindings bindings) {
    this.world = cloud.world();
    this.cloud = cloud;
    this.engine = engine;
    this.settings = settings;
    this.bindings = bindings;
    this.log = new FunctionLog(world, settings.logs().resolve(cloud.key().toString()));
  }

  /// What the cloud's functions wrote.
  FunctionLog log() {
    return log;
  }

  /// Begins a request: the engine that runs or a new one, which must be left.
  ///
  /// @param apps all apps of the cloud that have a function, for a new engine
  EngineRun enter(Supplier<List<LoadedApp>> apps) {
    lock.lock();
    try {
      if (current == null || !current.enter()) {
        current = run(apps);
        current.enter();
      }
      return current;
    } finally {
      lock.unlock();
    }
  }

  /// Lets the engine finish what it answers. The next request finds a new one.
  void replace() {
    EngineRun old = take();
    if (old != null) {
      old.retire();
    }
  }

  /// Starts an engine for one app alone and ends it.
  ///
  /// @throws FunctionFault if it does not start, with what it said
  void rehearse(LoadedApp app) {
    EngineRun rehearsal = run(() -> List.of(app));
    rehearsal.enter();
    try {
      rehearsal.engine();
    } finally {
      rehearsal.leave();
      rehearsal.retire();
    }
  }

  @Override
  public void close() {
    EngineRun old = take();
    if (old != null) {
      old.end(Kind.FunctionStopped);
    }
    log.save();
  }

  private @Nullable EngineRun take() {
    lock.lock();
    try {
      EngineRun old = current;
      current = null;
      return old;
    } finally {
      lock.unlock();
    }
  }

  private EngineRun run(Supplier<List<LoadedApp>> apps) {
    // The listener for the bindings needs the run, and the run what it starts.
    EngineRun[] self = new EngineRun[1];
    EngineRun made =
        new EngineRun(world, settings.limits(), () -> start(apps.get(), self[0]::alive));
    self[0] = made;
    return made;
  }

  private RunningEngine start(List<LoadedApp> apps, Runnable signOfLife) {
    try {
      EngineFolder folder = EngineFolder.create(world, settings.folders());
      EngineConfig.write(world.disk(), folder.path().resolve("config"), apps);
      Map<String, App> known = new LinkedHashMap<>();
      Map<String, UnixDomainSocketAddress> sockets = new LinkedHashMap<>();
      for (LoadedApp loaded : apps) {
        String name = loaded.app().name();
        sockets.put(name, folder.socket(EngineConfig.socket(sockets.size())));
        known.put(name, loaded.app());
      }
      BindingsHandler handler = new BindingsHandler(cloud, bindings, known, signOfLife);
      return start(folder, handler, sockets);
    } catch (IOException failure) {
      throw FunctionFault.unavailable("the engine's folder cannot be made: " + failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new FunctionFault(Kind.FunctionStopped, "the engine's start was interrupted");
    }
  }

  private RunningEngine start(
      EngineFolder folder, BindingsHandler handler, Map<String, UnixDomainSocketAddress> sockets)
      throws IOException, InterruptedException {
    UnixDomainSocketAddress node = folder.socket(EngineConfig.NODE_SOCKET);
    HttpServer listener = HttpServer.start(world, HttpLimits.DEFAULT, node, handler);
    Runnable cleanUp = () -> cleanUp(folder);
    EngineProcess process;
    try {
      process = engine.start(folder.path(), settings.limits().memory(), log::add);
    } catch (RuntimeException failure) {
      listener.close();
      cleanUp.run();
      throw failure;
    }
    RunningEngine running =
        new RunningEngine(process, listener, Map.copyOf(sockets), cleanUp, new AtomicBoolean());
    try {
      process.awaitListening(settings.limits());
      return running;
    } catch (RuntimeException | InterruptedException failure) {
      running.close();
      throw failure;
    }
  }

  private void cleanUp(EngineFolder folder) {
    log.save();
    try {
      folder.delete();
    } catch (IOException failure) {
      world.log().warning("the folder of an engine is left behind: " + failure.getMessage());
    }
  }
}
