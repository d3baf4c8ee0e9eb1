package cloud.bevy.services.functions;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.foundation.http.HttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// Apps: JavaScript functions, and files that are served as they are.
///
/// The functions of a cloud run in one engine, a process of its own in a jail, which is started for
/// the first request and ended when it is idle. It reaches nothing but the tables and buckets that
/// the apps name. A machine without the engine serves files, and says for functions what is
/// missing.
public final class Functions implements AutoCloseable {
  private final EngineSettings settings;
  private final Engine engine;
  private final Bindings bindings;
  private final HttpClient client;
  private final FeedAlarms feeds;

  /// Deletes what engines of an earlier process left behind. Starts nothing.
  ///
  /// @param bindings how functions reach tables and buckets
  /// @throws IOException if the folders of the settings cannot be used
  public Functions(World world, EngineSettings settings, Bindings bindings) throws IOException {
    this.settings = settings;
    this.engine = new Engine(world, settings.program());
    this.bindings = bindings;
    this.client = HttpClient.open(world);
    this.feeds = new FeedAlarms(new Target(), bindings);
    EngineFolder.delete(world.disk(), settings.folders());
  }

  /// Deploys what [BundleWriter] wrote: a new app, or a new version of the app of that name, which
  /// is replaced in one step once the new one is durable and its function has been started.
  ///
  /// @throws IOException where the bundle cannot be read to its end; nothing has changed
  public Deployment deploy(Cloud cloud, InputStream bundle) throws IOException {
    return of(cloud).deploy(bundle);
  }

  /// Takes an app away with its files. Its tables and buckets stay.
  ///
  /// @return whether there was one of that name
  public boolean remove(Cloud cloud, String name) throws IOException {
    return of(cloud).remove(name);
  }

  /// The apps of a cloud in the order of their names.
  public List<App> list(Cloud cloud) {
    return of(cloud).list();
  }

  /// What an app's function wrote to its console, the oldest first, if there is such an app.
  public Optional<List<LogLine>> logs(Cloud cloud, String name) {
    return of(cloud).logs(name);
  }

  /// Answers a request to an app.
  ///
  /// @return whether there is an app of that name; if not, nothing was answered
  /// @throws IOException as [cloud.bevy.foundation.http.Handler#handle]
  public boolean handle(Cloud cloud, String name, Exchange exchange) throws IOException {
    return of(cloud).handle(name, exchange);
  }

  /// Whether an app of that name has a function.
  public boolean hasFunction(Cloud cloud, String name) {
    return of(cloud).hasFunction(name);
  }

  /// Tells an app's function of an event: its `event(event, env, ctx)` is called, which no request
  /// from outside ever does.
  ///
  /// @param event JSON
  /// @return whether the function has taken it
  /// @throws FunctionFault if it could not be asked, or did not answer
  public boolean tell(Cloud cloud, String name, byte[] event) {
    return of(cloud).tell(name, event);
  }

  /// Tells an app's function of records: its `stream(batch, env, ctx)` is called.
  FeedTarget.Answer tell(Cloud cloud, FeedId feed, byte[] batch) {
    return of(cloud).tell(feed, batch);
  }

  /// What feeds have asked to be woken for.
  public FeedAlarms feeds() {
    return feeds;
  }

  /// How the feeds of a cloud's apps stand, by the names of the apps and of their tables in `env`.
  /// Reads what they have still to deliver.
  public List<FeedStanding> standings(Cloud cloud) {
    return new FeedStandings(cloud, new Target(), bindings.feeds()).all();
  }

  /// Whether functions can run on this machine, as far as the engine is there.
  public boolean engineInstalled() {
    return engine.installed();
  }

  /// Closes the connections to engines. The engines themselves end with their clouds.
  @Override
  public void close() {
    client.close();
  }

  private CloudFunctions of(Cloud cloud) {
    return cloud.attachment(CloudFunctions.class, this::make);
  }

  private CloudFunctions make(Cloud cloud) {
    Supervisor supervisor = new Supervisor(cloud, engine, settings, bindings);
    Forwarder forwarder = new Forwarder(client, settings.limits().time().answer());
    FeedSetup setup = new FeedSetup(cloud, bindings.feeds(), feeds.count());
    Deployer deployer = new Deployer(cloud, supervisor, bindings, setup);
    return new CloudFunctions(cloud, supervisor, forwarder, deployer);
  }

  /// The functions that feeds tell.
  private final class Target implements FeedTarget {
    @Override
    public Optional<TableSpec> table(Cloud cloud, FeedId feed) {
      return of(cloud).table(feed);
    }

    @Override
    public Answer tell(Cloud cloud, FeedId feed, byte[] batch) {
      return Functions.this.tell(cloud, feed, batch);
    }
  }
}
