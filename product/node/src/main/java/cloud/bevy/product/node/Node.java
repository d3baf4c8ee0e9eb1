package cloud.bevy.product.node;

import cloud.bevy.cluster.cloud.CloudFault;
import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.doors.aws.DynamoDoor;
import cloud.bevy.doors.aws.S3Door;
import cloud.bevy.doors.aws.TableCarrier;
import cloud.bevy.doors.aws.WebsiteDoor;
import cloud.bevy.doors.control.ControlDoor;
import cloud.bevy.doors.control.ControlOperation;
import cloud.bevy.doors.control.CreateCloud;
import cloud.bevy.doors.control.CreateKey;
import cloud.bevy.doors.control.DeleteKey;
import cloud.bevy.doors.control.DeployApp;
import cloud.bevy.doors.control.ExportTable;
import cloud.bevy.doors.control.IndexBucket;
import cloud.bevy.doors.control.IndexTable;
import cloud.bevy.doors.control.KeepHistory;
import cloud.bevy.doors.control.ListApps;
import cloud.bevy.doors.control.ListClouds;
import cloud.bevy.doors.control.ListContents;
import cloud.bevy.doors.control.ListFeeds;
import cloud.bevy.doors.control.ListKeys;
import cloud.bevy.doors.control.ReadAppLogs;
import cloud.bevy.doors.control.ReadTable;
import cloud.bevy.doors.control.RemoveApp;
import cloud.bevy.doors.control.RestoreBucket;
import cloud.bevy.doors.control.RestoreTable;
import cloud.bevy.doors.control.SearchBucket;
import cloud.bevy.doors.control.SearchTable;
import cloud.bevy.doors.control.SetQuota;
import cloud.bevy.doors.control.ShareBucket;
import cloud.bevy.doors.control.ShareTable;
import cloud.bevy.doors.control.ShowCredentials;
import cloud.bevy.doors.control.ShowHistory;
import cloud.bevy.doors.control.ShowStatus;
import cloud.bevy.doors.control.ShowTable;
import cloud.bevy.doors.control.ShowTableHistory;
import cloud.bevy.doors.control.ShowUsage;
import cloud.bevy.doors.control.StopNode;
import cloud.bevy.doors.control.VerifyBackup;
import cloud.bevy.doors.control.VerifyBucket;
import cloud.bevy.doors.control.VerifyTable;
import cloud.bevy.doors.http.Doors;
import cloud.bevy.doors.http.FrontDoor;
import cloud.bevy.doors.http.HostNames;
import cloud.bevy.doors.http.Metrics;
import cloud.bevy.doors.mqtt.MqttDoor;
import cloud.bevy.doors.opensearch.OpenSearchDoor;
import cloud.bevy.doors.replication.ReplicationDoor;
import cloud.bevy.foundation.base.Fault;
import cloud.bevy.foundation.base.TcpPort;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.Handler;
import cloud.bevy.foundation.http.HttpLimits;
import cloud.bevy.foundation.http.HttpServer;
import cloud.bevy.hyper.store.StoreStatistics;
import cloud.bevy.hyper.wire.Ids;
import cloud.bevy.services.buckets.BucketAlarms;
import cloud.bevy.services.functions.Functions;
import cloud.bevy.services.messages.Broker;
import cloud.bevy.services.messages.MessageAlarms;
import cloud.bevy.services.search.Indexes;
import cloud.bevy.services.search.SearchLimits;
import cloud.bevy.services.tables.TransferAlarms;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/// A running machine: its clouds, and the front door through which they are used.
public final class Node implements AutoCloseable {
  /// How long requests in flight may take once the node is told to stop.
  private static final Duration DRAIN = Duration.ofSeconds(10);

  /// With less room than this the next write may be refused.
  private static final long LOW_SPACE = 16L << 20;

  private static final String S3 = "s3";

  /// Where in the state folder the indexes of tables are.
  private static final String SEARCH = "search";

  /// The cloud of those who never name one.
  private static final String FIRST_CLOUD = "default";

  /// Where the program is installed; the command says so.
  private static final Path DIST = Path.of(System.getProperty("bevy.dist", "dist"));

  private final World world;
  private final NodeOptions options;
  private final Clouds clouds;
  private final NodeFile file;
  private final Indexes indexes;
  private final DynamoDoor tables;
  private final Functions functions;
  private final NodeEvents events;
  private final ReplicationDoor replication;
  private final Broker broker = new Broker();
  private final MqttDoor mqtt;
  private final HttpServer server;
  private final Optional<TcpPort> replicationPort;
  private final Optional<TcpPort> mqttPort;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicBoolean closing = new AtomicBoolean();

  private Node(World world, NodeOptions options, Clouds clouds) throws IOException {
    this.world = world;
    this.options = options;
    this.clouds = clouds;
    this.file = new NodeFile(world, options.home());
    this.indexes = new Indexes(world, options.home().resolve(SEARCH), SearchLimits.defaults());
    indexes.followIn(clouds);
    this.tables = new DynamoDoor(world, clouds, indexes);
    this.functions = Apps.functions(world, DIST, options.home(), tables);
    this.events = new NodeEvents(new FunctionEvents(functions), broker);
    this.replication = new ReplicationDoor(world, clouds, names()::ownPage);
    this.mqtt = new MqttDoor(world, clouds, broker);
    Metrics metrics = new Metrics();
    this.server = HttpServer.start(world, HttpLimits.DEFAULT, options.address(), door(metrics));
    Gauges.ofClouds(metrics, clouds);
    Gauges.ofServer(metrics, server);
    Gauges.ofReplication(metrics, replication);
    Gauges.ofMessages(metrics, mqtt, broker.count());
    this.replicationPort = openReplicationPort();
    this.mqttPort = openMqttPort();
    BucketAlarms alarms = new BucketAlarms(events);
    Gauges.ofEvents(metrics, alarms.count());
    Gauges.ofFeeds(metrics, functions.feeds().count(), world.time());
    TransferAlarms transfers = new TransferAlarms(new TableCarrier());
    clouds.wakeFor(new NodeAlarms(alarms, functions.feeds(), transfers, new MessageAlarms(broker)));
  }

  private Optional<TcpPort> openReplicationPort() throws IOException {
    if (options.replication().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          TcpPort.open(world, "replication", options.replication().get(), replication::serve));
    } catch (IOException taken) {
      server.close();
      throw taken;
    }
  }

  private Optional<TcpPort> openMqttPort() throws IOException {
    if (options.mqtt().isEmpty()) {
      return Optional.empty();
    }
    NodeOptions.MqttAddress asked = options.mqtt().get();
    try {
      return Optional.of(TcpPort.open(world, "mqtt", asked.address(), mqtt::serve));
    } catch (IOException taken) {
      if (asked.must()) {
        replicationPort.ifPresent(TcpPort::close);
        server.close();
        throw new IOException("MQTT at " + text(asked.address()), taken);
      }
      world
          .log()
          .warning(
              "MQTT is not spoken at "
                  + text(asked.address())
                  + ", which cannot be had ("
                  + taken.getMessage()
                  + "): name another port with --mqtt-port");
      return Optional.empty();
    }
  }

  /// Opens the state folder and answers requests from then on.
  ///
  /// @throws InUse if another process has the state folder
  /// @throws NodeFault if the address cannot be had
  /// @throws Fault if the state folder is damaged, foreign or of a newer version
  public static Node start(World world, NodeOptions options) {
    Clouds clouds = open(world, options);
    try {
      makeFirstCloud(clouds);
      Node node = new Node(world, options, clouds);
      node.file.write(node.endpoint());
      return node;
    } catch (IOException failure) {
      clouds.close();
      String address = text(options.address());
      throw new NodeFault(
          "cannot answer at "
              + address
              + ": "
              + Optional.ofNullable(failure.getCause()).orElse(failure),
          "another program may use that port: name another one with --port, or 0 for any",
          failure);
    } catch (Fault fault) {
      clouds.close();
      throw fault;
    }
  }

  private static void makeFirstCloud(Clouds clouds) {
    if (clouds.list("", 1).isEmpty()) {
      clouds.create(FIRST_CLOUD);
    }
  }

  /// Another process has the state folder.
  public static final class InUse extends Fault {
    private static final long serialVersionUID = 1;

    InUse(CloudFault cause) {
      super(String.valueOf(cause.getMessage()), cause.hint(), cause);
    }
  }

  /// The front door as programs on this machine reach it: `http://127.0.0.1:4566`.
  public String endpoint() {
    InetSocketAddress address = server.address();
    return "http://"
        + (address.getAddress().isAnyLocalAddress()
            ? "127.0.0.1:" + address.getPort()
            : text(address));
  }

  /// Where Hypercores are exchanged over TCP, if anywhere: `127.0.0.1:4567`.
  public Optional<String> replicationAddress() {
    return replicationPort.map(port -> text(port.address()));
  }

  /// Where MQTT is spoken over TCP, if anywhere: `127.0.0.1:1883`.
  public Optional<String> mqttAddress() {
    return mqttPort.map(port -> text(port.address()));
  }

  /// Blocks until somebody asks the node to stop through the control API. Stopping is then up to
  /// the caller.
  public void awaitStop() throws InterruptedException {
    stop.await();
  }

  /// Answers the requests in flight, closes the clouds and the store, and gives the state folder
  /// back. A second call waits for the first.
  @Override
  public void close() {
    try {
      if (closing.compareAndSet(false, true)) {
        closeAll();
      }
      closed.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeAll() throws InterruptedException {
    try {
      replicationPort.ifPresent(TcpPort::close);
      replication.close();
      mqttPort.ifPresent(TcpPort::close);
      mqtt.close();
      int left = server.inFlight();
      if (!server.close(DRAIN)) {
        world
            .log()
            .warning(
                left + " requests were cut off: they took more than " + DRAIN.toSeconds() + " s");
      }
    } finally {
      file.delete();
      clouds.close();
      functions.close();
      stop.countDown();
      closed.countDown();
    }
  }

  private static Clouds open(World world, NodeOptions options) {
    try {
      return Clouds.open(world, options.home(), CloudLimits.defaults());
    } catch (CloudFault fault) {
      throw fault.kind() == CloudFault.Kind.IN_USE ? new InUse(fault) : fault;
    }
  }

  private Handler door(Metrics metrics) {
    WebsiteDoor sites = new WebsiteDoor(world, clouds, FIRST_CLOUD);
    Handler search = new OpenSearchDoor(world, clouds, indexes);
    Map<String, Handler> services =
        Map.of(
            "dynamodb",
            tables,
            S3,
            new S3Door(
                world,
                clouds,
                FIRST_CLOUD,
                new S3Door.Listeners(
                    events, (operation, status) -> metrics.operation(S3, operation, status))),
            "s3-website",
            sites,
            "es",
            search,
            "aoss",
            search);
    Handler control = new ControlDoor(world.log(), file.token(), operations());
    Doors doors =
        new Doors(
            services,
            sites::shows,
            new Apps(clouds, functions, FIRST_CLOUD),
            control,
            replication,
            mqtt,
            this::obstacle);
    return new FrontDoor(world, doors, names(), metrics);
  }

  private List<ControlOperation> operations() {
    return List.of(
        new ShowStatus(this::status),
        new StopNode(stop::countDown),
        new ShowCredentials(clouds),
        new CreateKey(clouds),
        new ListKeys(clouds),
        new DeleteKey(clouds),
        new ListClouds(clouds),
        new CreateCloud(clouds),
        new DeployApp(clouds, functions, this::addressOf),
        new ListApps(clouds, functions, this::addressOf),
        new RemoveApp(clouds, functions),
        new ReadAppLogs(clouds, functions),
        new ListFeeds(clouds, functions),
        new ListContents(clouds),
        new ShowUsage(clouds),
        new SetQuota(clouds),
        new ShareBucket(clouds),
        new ShowHistory(clouds),
        new RestoreBucket(clouds),
        new KeepHistory(clouds),
        new ShareTable(clouds),
        new ShowTable(clouds),
        new ShowTableHistory(clouds),
        new RestoreTable(clouds),
        new ExportTable(clouds),
        new ReadTable(clouds),
        new IndexTable(clouds, indexes),
        new SearchTable(clouds, indexes),
        new IndexBucket(clouds, indexes),
        new SearchBucket(clouds, indexes),
        new VerifyBucket(clouds),
        new VerifyTable(clouds),
        new VerifyBackup(clouds));
  }

  /// The address of an app, which [Apps] understands.
  private String addressOf(String cloud, String app) {
    String name = cloud.equals(FIRST_CLOUD) ? app : app + "." + cloud;
    return "http://" + name + ".localhost:" + server.address().getPort() + "/";
  }

  private HostNames names() {
    List<String> names = new ArrayList<>(HostNames.LOCAL.own());
    names.addAll(options.names());
    return new HostNames(names);
  }

  private Map<String, Object> status() {
    StoreStatistics store = clouds.statistics();
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("version", Build.VERSION);
    status.put("endpoint", endpoint());
    status.put("replication", endpoint().replaceFirst("http", "ws") + ReplicationDoor.PATH);
    replicationAddress().ifPresent(address -> status.put("replicationPort", address));
    mqttAddress().ifPresent(address -> status.put("mqtt", address));
    status.put("mqttClients", mqtt.clients());
    status.put("replicationKey", Ids.encode(replication.publicKey()));
    status.put("peers", replication.peers());
    status.put("home", options.home().toString());
    status.put("pid", ProcessHandle.current().pid());
    status.put("openClouds", clouds.openCount());
    status.put("cores", store.cores());
    status.put("storedBytes", store.bytes());
    status.put("damage", store.damage());
    return status;
  }

  private Optional<String> obstacle() {
    if (closing.get() || stop.getCount() == 0) {
      return Optional.of("bevy is stopping");
    }
    try {
      boolean low = world.disk().freeSpace(options.home()) < LOW_SPACE;
      return low
          ? Optional.of("the disk is full: make room, writes are refused")
          : Optional.empty();
    } catch (IOException unknown) {
      return Optional.of("the disk does not answer: " + unknown.getMessage());
    }
  }

  private static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? '[' + host + ']' : host) + ':' + address.getPort();
  }
}
