package cloud.bevy.doors.mqtt;

import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.Fault;
import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.World;
import cloud.bevy.services.messages.Connection;
import cloud.bevy.services.messages.Hello;
import cloud.bevy.services.messages.MessageLimits;
import cloud.bevy.services.messages.Messages;
import cloud.bevy.services.messages.Receiver;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A client from its first packet to its last. Its task reads, and waits with that where what it
/// says takes its time; an [Outbox] sends.
final class Peer implements Receiver {
  /// How long the first packet may take.
  static final Duration FIRST = Duration.ofSeconds(10);

  /// The most topics that a client may call by numbers.
  static final int ALIASES = 16;

  private static final int ID_BYTES = 12;
  private static final int OLD_VERSION = 1;
  private static final int OLD_CLIENT_ID = 2;
  private static final int OLD_UNAVAILABLE = 3;
  private static final int OLD_CREDENTIALS = 4;
  private static final int OLD_NOT_AUTHORIZED = 5;

  private final World world;
  private final MqttDoor door;
  private final Line line;
  private final Frames frames;
  private volatile Outbox outbox;
  private volatile long heard;
  private volatile Duration silence = FIRST;
  private volatile Tasks.@Nullable Timer timer;
  private volatile boolean entered;

  Peer(World world, MqttDoor door, Line line) {
    this.world = world;
    this.door = door;
    this.line = line;
    this.frames = new Frames(line);
    this.outbox = new Outbox(world, line, ConnectPacket.FOUR, Long.MAX_VALUE);
  }

  /// Serves the client until it is gone.
  void serve() {
    heard = world.time().nanos();
    watch(FIRST);
    try {
      enter();
    } catch (Violation violation) {
      refuse(violation);
    } catch (IOException gone) {
      // So it is.
    } catch (Fault fault) {
      world.log().warning("a client of MQTT was not served: " + Fault.describe(fault));
      outbox.end(Reason.IMPLEMENTATION);
    } finally {
      silence = Duration.ZERO;
      Tasks.Timer last = timer;
      if (last != null) {
        last.cancel();
      }
      if (!entered) {
        linger();
      }
      line.close();
    }
  }

  /// Lets the client read why it is not let in.
  private void linger() {
    try {
      outbox.drained();
    } catch (IOException gone) {
      // It does not want to know.
    }
  }

  private void enter() throws IOException, Violation {
    Optional<Frame> first = frames.next(() -> {});
    if (first.isEmpty()) {
      return;
    }
    if (first.get().type() != PacketType.CONNECT || first.get().flags() != 0) {
      throw Violation.protocol("the first packet does not connect");
    }
    Fields fields = first.get().fields();
    int version = ConnectPacket.version(fields);
    if (version == 0) {
      reject(OLD_VERSION, Reason.UNSUPPORTED_VERSION);
      return;
    }
    outbox = new Outbox(world, line, version, Long.MAX_VALUE);
    ConnectPacket packet;
    try {
      packet = ConnectPacket.read(version, fields);
    } catch (Violation violation) {
      reject(0, violation.reason());
      return;
    }
    long largest = packet.properties().number(Properties.MAXIMUM_PACKET, Long.MAX_VALUE);
    outbox = new Outbox(world, line, version, largest);
    if (packet.properties().has(Properties.AUTHENTICATION_METHOD)) {
      reject(0, Reason.BAD_METHOD);
    } else if (!packet.namesClient()) {
      reject(OLD_CLIENT_ID, Reason.CLIENT_ID_NOT_VALID);
    } else {
      admit(packet);
    }
  }

  private void admit(ConnectPacket packet) throws IOException, Violation {
    switch (door.entrance().admit(packet)) {
      case Entrance.Admission.Unknown() -> reject(OLD_CREDENTIALS, Reason.BAD_CREDENTIALS);
      case Entrance.Admission.Limited() -> reject(OLD_NOT_AUTHORIZED, Reason.NOT_AUTHORIZED);
      case Entrance.Admission.Admitted(Lease lease, boolean readOnly) -> {
        try (lease) {
          if (readOnly && packet.will().isPresent()) {
            reject(OLD_NOT_AUTHORIZED, Reason.NOT_AUTHORIZED);
          } else {
            converse(packet, lease, readOnly);
          }
        }
      }
    }
  }

  private void converse(ConnectPacket packet, Lease lease, boolean readOnly)
      throws IOException, Violation {
    boolean named = !packet.client().isEmpty();
    String client =
        named
            ? packet.client()
            : "bevy-" + HexFormat.of().formatHex(world.chance().bytes(ID_BYTES));
    int window = (int) packet.properties().number(Properties.RECEIVE_MAXIMUM, MessageLimits.WINDOW);
    Hello hello = new Hello(client, packet.clean(), packet.lifetime(), window, packet.will());
    switch (door.broker().of(lease.cloud()).connect(hello, this)) {
      case Messages.Admission.Full() -> reject(OLD_UNAVAILABLE, Reason.QUOTA_EXCEEDED);
      case Messages.Admission.Admitted(var connection, var present, var ticket) -> {
        entered = true;
        byte[] said = welcome(packet, hello, named ? "" : client);
        outbox.welcome(outbox.packet().connack(present, Reason.SUCCESS, said), ticket, connection);
        await(packet.keepAlive());
        frames.trust();
        talk(connection, new Talk(world, outbox, connection, terms(packet, readOnly)));
      }
    }
  }

  private static Talk.Terms terms(ConnectPacket packet, boolean readOnly) {
    return new Talk.Terms(packet.version(), readOnly, packet.lifetime() > 0);
  }

  private static byte[] welcome(ConnectPacket packet, Hello hello, String assigned) {
    PacketWriter said = new PacketWriter(ConnectPacket.FIVE);
    if (packet.lifetime() != hello.lifetime()) {
      said.octet(Properties.SESSION_EXPIRY).four(hello.lifetime());
    }
    said.octet(Properties.RECEIVE_MAXIMUM).two(MessageLimits.WINDOW);
    said.octet(Properties.MAXIMUM_PACKET).four(Frames.MOST_BYTES);
    if (!assigned.isEmpty()) {
      said.octet(Properties.ASSIGNED_CLIENT_ID).text(assigned);
    }
    return said.octet(Properties.ALIAS_MAXIMUM).two(ALIASES).toArray();
  }

  private void talk(Connection connection, Talk talk) throws IOException {
    boolean will = true;
    try {
      boolean more = true;
      while (more) {
        Optional<Frame> frame = frames.next(this::hear);
        more = frame.isPresent() && talk.take(frame.get());
        hear(); // whoever had to wait for others was not silent
        if (frame.isPresent() && !more) {
          will = talk.will();
        }
      }
    } catch (Violation violation) {
      outbox.end(violation.reason());
      outbox.drained();
    } finally {
      if (talk.lifetime().isPresent()) {
        connection.close(will, talk.lifetime().getAsLong());
      } else {
        connection.close(will);
      }
    }
  }

  /// Has a client be gone that is silent for half as long again as it says: MQTT 5.0, section
  /// 3.1.2.10.
  private void await(int keepAlive) {
    Tasks.Timer first = timer;
    if (first != null) {
      first.cancel();
    }
    hear();
    silence = Duration.ofMillis(1_500L * keepAlive);
    if (keepAlive > 0) {
      watch(silence);
    }
  }

  private void hear() {
    heard = world.time().nanos();
  }

  /// Says why somebody is not let in.
  ///
  /// @param old the number of before version 5; 0 where there is none for that
  private void reject(int old, int reason) throws IOException {
    boolean five = outbox.version() == ConnectPacket.FIVE;
    if (five || old != 0) {
      PacketWriter packet = outbox.packet();
      outbox.send(packet.connack(false, five ? reason : old, new byte[0]), Optional.empty());
    }
  }

  private void refuse(Violation violation) {
    world.log().info("a client of MQTT was not let in: " + violation.getMessage());
  }

  /// Looks after a while whether the client is still there.
  private void watch(Duration delay) {
    timer = world.tasks().after(delay, "mqtt silence", this::look);
  }

  private void look() {
    Duration most = silence;
    if (most.isZero()) {
      return;
    }
    Duration left = most.minusNanos(world.time().nanos() - heard);
    if (left.isPositive()) {
      watch(left);
    } else if (entered) {
      outbox.end(Reason.KEEP_ALIVE_TIMEOUT);
    } else {
      line.close();
    }
  }

  @Override
  public void ready() {
    outbox.ready();
  }

  @Override
  public void ended(Ending ending) {
    outbox.end(
        switch (ending) {
          case TAKEN_OVER -> Reason.TAKEN_OVER;
          case TOO_SLOW -> Reason.QUOTA_EXCEEDED;
          case UNAVAILABLE -> Reason.IMPLEMENTATION;
          case CLOSED -> Reason.SHUTTING_DOWN;
        });
  }

  /// Ends the connection because the program ends.
  void leave() {
    if (entered) {
      outbox.end(Reason.SHUTTING_DOWN);
    } else {
      line.close();
    }
  }
}
