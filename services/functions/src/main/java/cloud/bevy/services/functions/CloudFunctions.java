package cloud.bevy.services.functions;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.services.functions.FunctionFault.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The apps of one open cloud: what [Functions] keeps in memory for it.
final class CloudFunctions implements AutoCloseable {
  private final Cloud cloud;
  private final Forwarder forwarder;
  private final Catalogue catalogue;
  private final Supervisor supervisor;
  private final Deployer deployer;
  private final Map<String, LiveApp> live = new ConcurrentHashMap<>();

  /// @param deployer makes apps of this cloud, with the same supervisor
  CloudFunctions(Cloud cloud, Supervisor supervisor, Forwarder forwarder, Deployer deployer) {
    this.cloud = cloud;
    this.supervisor = supervisor;
    this.forwarder = forwarder;
    this.catalogue = new Catalogue(cloud);
    this.deployer = deployer;
  }

  Deployment deploy(InputStream bundle) throws IOException {
    Deployment deployment = deployer.deploy(bundle);
    if (deployment instanceof Deployment.Deployed(App app, int _)) {
      supervisor.replace();
      deployer.feeds().begin(app.manifest());
    }
    return deployment;
  }

  boolean remove(String name) throws IOException {
    Optional<App> app = catalogue.find(name);
    if (app.isEmpty()) {
      return false;
    }
    catalogue.remove(name);
    deployer.feeds().removeAll(name);
    supervisor.replace();
    cloud.dropDrive(app.get().place().drive());
    supervisor.log().forget(name);
    return true;
  }

  List<App> list() {
    return catalogue.list();
  }

  Optional<List<LogLine>> logs(String name) {
    return catalogue.find(name).map(any -> supervisor.log().lines(name));
  }

  /// Answers a request to an app.
  ///
  /// @return whether there is such an app
  boolean handle(String name, Exchange exchange) throws IOException {
    Optional<LiveApp> found = live(name);
    if (found.isEmpty()) {
      return false;
    }
    LiveApp app = found.get();
    boolean reading = exchange.method().equals("GET") || exchange.method().equals("HEAD");
    Optional<Map.Entry<String, StaticFile>> file =
        reading ? app.publicFile(decoded(exchange.path())) : Optional.empty();
    if (file.isPresent()) {
      StaticFiles.serve(exchange, file.get().getKey(), file.get().getValue(), files(app.app()));
    } else if (app.main().isPresent()) {
      call(name, exchange);
    } else {
      Answers.refuse(exchange, 404, "NotFound", "app " + name + " has no such page");
    }
    return true;
  }

  @Override
  public void close() {
    supervisor.close();
  }

  boolean hasFunction(String name) {
    return live(name).flatMap(LiveApp::main).isPresent();
  }

  /// Tells a function of an event.
  ///
  /// @return whether it has taken it
  boolean tell(String name, byte[] event) {
    if (!hasFunction(name)) {
      throw new FunctionFault(Kind.FunctionStopped, "there is no app " + name + " with a function");
    }
    return ask(run -> forwarder.tell(name, event, run));
  }

  /// The table that a feed follows, if the app has that feed.
  Optional<TableSpec> table(FeedId feed) {
    return live(feed.app())
        .filter(app -> app.main().isPresent())
        .map(app -> app.app().manifest().environment().tables().get(feed.name()));
  }

  /// Tells a function of records.
  FeedTarget.Answer tell(FeedId feed, byte[] batch) {
    try {
      return this.<FeedReply, FunctionFault>ask(run -> forwarder.feed(feed.app(), batch, run))
          .answer();
    } catch (FunctionFault fault) {
      String error = fault.kind() + ": " + fault.getMessage();
      return switch (fault.kind()) {
        case FunctionExceededCpu, FunctionExceededMemory, FunctionTimedOut, FunctionCrashed ->
            new FeedTarget.Answer.Refused(error);
        case FunctionStopped, FunctionsUnavailable, RecordUnreadable ->
            new FeedTarget.Answer.Unasked(error);
      };
    }
  }

  private void call(String name, Exchange exchange) throws IOException {
    try {
      this.<Boolean, IOException>ask(run -> {
        forwarder.forward(exchange, name, run);
        return true;
      });
    } catch (FunctionFault fault) {
      Answers.fault(exchange, fault);
    }
  }

  private interface Question<R, X extends Exception> {
    R ask(EngineRun run) throws X;
  }

  /// Asks the engine. One that has died since its last request is found out by connecting to it,
  /// before anything was sent: then a new one is asked.
  private <R, X extends Exception> R ask(Question<R, X> question) throws X {
    try {
      return askOnce(question);
    } catch (FunctionFault fault) {
      if (!(fault.getCause() instanceof ConnectException)) {
        throw fault;
      }
      return askOnce(question);
    }
  }

  private <R, X extends Exception> R askOnce(Question<R, X> question) throws X {
    EngineRun run = supervisor.enter(this::loadedApps);
    try {
      return question.ask(run);
    } finally {
      run.leave();
    }
  }

  private List<LoadedApp> loadedApps() {
    List<LoadedApp> loaded = new ArrayList<>();
    for (App app : catalogue.list()) {
      live(app.name()).flatMap(each -> each.loaded(files(each.app()))).ifPresent(loaded::add);
    }
    return loaded;
  }

  private Optional<LiveApp> live(String name) {
    Optional<BeeEntry> record = AppName.valid(name) ? catalogue.entry(name) : Optional.empty();
    if (record.isEmpty()) {
      live.remove(name);
      return Optional.empty();
    }
    LiveApp known = live.get(name);
    if (known == null || known.sequence() != record.get().sequence()) {
      App app = App.read(record.get().value());
      known = new LiveApp(record.get().sequence(), app, files(app).all());
      live.put(name, known);
    }
    return Optional.of(known);
  }

  private AppFiles files(App app) {
    return new AppFiles(cloud, app.place());
  }

  private static String decoded(String path) {
    try {
      String text = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
      return text.startsWith("/") ? text.substring(1) : text;
    } catch (IllegalArgumentException malformed) {
      return path;
    }
  }
}
