package cloud.bevy.hyper.replication;

import cloud.bevy.foundation.base.Fault;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.CoreFault;
import cloud.bevy.hyper.mux.Mux;
import cloud.bevy.hyper.mux.Protocol;
import cloud.bevy.hyper.replication.MessageCodec.Handshake;
import cloud.bevy.hyper.stream.MessageStream;
import cloud.bevy.hyper.stream.RefusedException;
import cloud.bevy.hyper.wire.Ids;
import cloud.bevy.hyper.wire.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;

/// One connected peer, and the cores that are exchanged with it. Has one task, which reads the
/// stream; others exist only while there is something to do.
public final class Link implements AutoCloseable {
  /// The protocol that a core's channel speaks.
  static final String PROTOCOL = "hypercore/alpha";

  /// Another name that it has with older peers.
  static final String ALIAS = "hypercore";

  /// How long a peer may leave unread what it has asked for.
  static final Duration UNREAD = Duration.ofMinutes(1);

  /// How many refusals are remembered.
  private static final int MOST_REFUSED = 4096;

  private final World world;
  private final Replication replication;
  private final Identity identity;
  private final Mux mux;
  private final Intake intake;
  private final Answers answers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Exchange, CoreChannel> channels = new LinkedHashMap<>();
  private final Map<Exchange, Long> refused = new WeakHashMap<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  Link(World world, Replication replication, MessageStream stream, Identity identity) {
    this.world = world;
    this.replication = replication;
    this.identity = identity;
    this.mux = new Mux(world, stream);
    this.intake = new Intake(world, this::work);
    this.answers = new Answers(world, new Serving(this)::answer);
  }

  /// The 32 bytes of the peer's public key.
  public byte[] remotePublicKey() {
    return identity.remotePublicKey().clone();
  }

  /// Completes when the stream has ended, well or not.
  public CompletionStage<Void> ended() {
    return ended.minimalCompletionStage();
  }

  /// Ends the stream. What was asked of the peer is asked of others.
  @Override
  public void close() {
    mux.close();
  }

  /// How many channels are open.
  int channels() {
    lock.lock();
    try {
      return channels.size();
    } finally {
      lock.unlock();
    }
  }

  Identity identity() {
    return identity;
  }

  Mux mux() {
    return mux;
  }

  Intake intake() {
    return intake;
  }

  Answers answers() {
    return answers;
  }

  /// Has the stream read, by a task of its own.
  void start() {
    mux.pairAny(PROTOCOL, this::requested);
    mux.pairAny(ALIAS, this::requested);
    world.tasks().start("replication with " + name(), this::run);
  }

  private void run() {
    try {
      mux.run();
    } catch (RefusedException refused) {
      world.log().warning("peer " + name() + " was dropped: " + refused.getMessage());
    } catch (IOException broken) {
      world.log().info("the connection to peer " + name() + " broke: " + broken.getMessage());
    } finally {
      intake.close();
      answers.close();
      replication.left(this);
      ended.complete(null);
    }
  }

  private String name() {
    return Ids.encode(identity.remotePublicKey());
  }

  /// Ends the stream because the peer has broken the rules.
  void drop(String reason) {
    mux.destroy(new RefusedException(reason));
  }

  /// Ends the stream unless it has ended by then, for that reason.
  void dropAfter(Duration delay, MalformedException lie) {
    String reason = Optional.ofNullable(lie.getMessage()).orElse("it lies");
    world.tasks().after(delay, "replication suspects", () -> drop(reason));
  }

  // ---- channels

  /// The peer has opened a channel: opened here too, if it may see the core.
  private void requested(Protocol protocol) {
    replication.requested(this, protocol.id());
  }

  /// Opens the channel of a core, unless it is open, or the peer has refused it a moment ago.
  void open(Exchange exchange) {
    if (!refusedLately(exchange)) {
      openFor(exchange);
    }
  }

  private boolean refusedLately(Exchange exchange) {
    long now = world.time().nanos();
    lock.lock();
    try {
      Long at = refused.get(exchange);
      return at != null && now - at < Exchange.RETRY.toNanos();
    } finally {
      lock.unlock();
    }
  }

  /// Opens the channel of a core, unless it is open, or the peer may not see the core.
  ///
  /// @return whether it is open now
  boolean openFor(Exchange exchange) {
    Core core = exchange.core();
    if (exchange.frozen() != null
        || !replication.access().allows(identity.remotePublicKey(), core)) {
      return false;
    }
    CoreChannel channel = new CoreChannel(this, exchange);
    if (!reserve(exchange, channel)) {
      return true;
    }
    byte[] capability = Capability.of(identity.initiator(), core.key(), identity.handshakeHash());
    Protocol protocol = new Protocol(PROTOCOL, core.discoveryKey(), List.of(ALIAS));
    ByteBuffer handshake = ByteBuffer.wrap(new Handshake(true, capability).encode());
    if (mux.open(protocol, handshake, channel).isEmpty()) {
      channel.closedUnopened();
      return false;
    }
    return true;
  }

  /// Takes the core's only place on this stream. The exchange knows of the channel before anybody
  /// finds the place taken, so that who asks for the newest waits for it.
  private boolean reserve(Exchange exchange, CoreChannel channel) {
    lock.lock();
    try {
      boolean free = channels.putIfAbsent(exchange, channel) == null;
      if (free) {
        exchange.opening(channel);
      }
      return free;
    } finally {
      lock.unlock();
    }
  }

  void closed(CoreChannel channel, boolean wasRefused) {
    answers.forget(channel);
    long now = world.time().nanos();
    lock.lock();
    try {
      channels.remove(channel.exchange(), channel);
      if (wasRefused && refused.size() < MOST_REFUSED) {
        refused.put(channel.exchange(), now);
      } else {
        refused.remove(channel.exchange());
      }
    } finally {
      lock.unlock();
    }
  }

  // ---- what has arrived

  private void work(List<Intake.Item> items, Set<CoreChannel> woken) {
    try {
      for (Intake.Item item : items) {
        item.channel().handle(item.message());
      }
      for (CoreChannel channel : woken) {
        takeProofs(channel);
      }
      mux.cork();
      try {
        woken.forEach(CoreChannel::pump);
      } finally {
        mux.uncork();
      }
    } catch (MalformedException lie) {
      drop(Optional.ofNullable(lie.getMessage()).orElse("it lies"));
    } catch (Fault fault) {
      mux.destroy(new IOException(Fault.describe(fault), fault));
    }
  }

  /// A proof that does not hold need not be a lie: the core may have two histories.
  private static void takeProofs(CoreChannel channel) throws MalformedException {
    try {
      channel.proofs().take(channel.takeGathered());
    } catch (MalformedException lie) {
      channel.suspect(lie);
    } catch (CoreFault fault) {
      if (fault.kind() != CoreFault.Kind.CONFLICT) {
        throw fault;
      }
      channel.exchange().freeze(fault);
    }
  }
}
