package cloud.bevy.hyper.replication;

import cloud.bevy.hyper.core.CoreFault;
import cloud.bevy.hyper.core.Proof;
import cloud.bevy.hyper.mux.Channel;
import cloud.bevy.hyper.mux.Handler;
import cloud.bevy.hyper.replication.Exchange.Decided;
import cloud.bevy.hyper.replication.MessageCodec.Handshake;
import cloud.bevy.hyper.store.Head;
import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.MalformedException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One core on one stream: what its peer says goes to the core's [Exchange], and what that decides
/// goes to the peer. Beside the reader of the stream, which only decodes, it belongs to the task of
/// the stream's [Intake].
final class CoreChannel implements Handler {
  /// How many requests of a JavaScript peer that make no sense are borne: as many as it bears.
  static final int MOST_INVALID = 64;

  /// How many requests for what is not here, and was not said to be, are borne.
  static final int MOST_LACKED = 4096;

  /// How many answers that were not asked for are borne.
  static final int MOST_UNASKED = 64;

  /// How long a peer whose proof does not hold may take to clear itself.
  static final Duration CLEARING = Duration.ofSeconds(10);

  private final Link link;
  private final Exchange exchange;
  private final Peer peer = new Peer();
  private final RemoteWants wants = new RemoteWants();
  private final Announcements announcements = new Announcements();
  private final Ahead ahead = new Ahead();
  private final Proofs proofs;
  private List<Message.Data> gathered = new ArrayList<>();
  private @Nullable Channel channel;
  private volatile Message.@Nullable Sync told;
  private @Nullable Durable acknowledged;
  private String extension = "";
  private boolean acknowledges;
  private boolean greeted;
  private int unasked;
  private int invalid;
  private int lacked;

  CoreChannel(Link link, Exchange exchange) {
    this.link = link;
    this.exchange = exchange;
    this.proofs = new Proofs(this);
  }

  Link link() {
    return link;
  }

  Exchange exchange() {
    return exchange;
  }

  Peer peer() {
    return peer;
  }

  RemoteWants wants() {
    return wants;
  }

  Announcements announcements() {
    return announcements;
  }

  @Override
  public void opened(Channel opened, ByteBuffer handshake) throws MalformedException {
    Identity identity = link.identity();
    byte[] expected =
        Capability.of(!identity.initiator(), exchange.core().key(), identity.handshakeHash());
    Handshake theirs = Handshake.read(decoder(handshake));
    if (!Capability.matches(theirs.capability(), expected)) {
      throw new MalformedException("it does not know the key of a core that it asks for");
    }
    channel = opened;
    exchange.joined(this);
    link.intake().wake(this);
  }

  @Override
  public void received(Channel from, int type, ByteBuffer body) throws MalformedException {
    if (type > MessageCodec.EXTENSION) {
      return;
    }
    int size = body.remaining();
    if (!link.intake().put(this, MessageCodec.read(type, decoder(body)), size)) {
      throw new MalformedException("it sends more than can be dealt with");
    }
  }

  @Override
  public void closed(Channel closed, boolean remotely) {
    link.closed(this, remotely && channel == null);
    exchange.left(this, idle());
  }

  /// Whether the peer may have closed the channel because nothing was wanted here when it last
  /// heard.
  private boolean idle() {
    Message.Sync said = told;
    return said != null && !said.downloading();
  }

  private static Decoder decoder(ByteBuffer body) {
    int start = body.arrayOffset() + body.position();
    return new Decoder(body.array(), start, start + body.remaining());
  }

  /// Deals with one message, except that proofs are gathered.
  void handle(Message message) throws MalformedException {
    switch (message) {
      case Message.Sync it -> exchange.heard(this, it);
      case Message.Request it -> take(link.answers().put(this, it));
      case Message.Cancel it -> link.answers().cancel(this, it.request());
      case Message.Data it -> gathered.add(it);
      case Message.NoData it -> exchange.refused(this, it.request());
      case Message.Want it -> {
        if (wants.add(it)) {
          take(link.answers().put(this, it));
        }
      }
      case Message.Unwant it -> wants.remove(it);
      case Message.Bitfield it -> bitfield(it);
      case Message.Range it -> exchange.range(this, it);
      case Message.Extension it -> extension(it);
    }
  }

  private static void take(boolean room) throws MalformedException {
    if (!room) {
      throw new MalformedException("it asks for more at once than can be answered");
    }
  }

  private void bitfield(Message.Bitfield it) throws MalformedException {
    if (it.start() % Integer.SIZE != 0) {
      throw new MalformedException("a bitfield does not start at a multiple of 32");
    }
    exchange.bitfield(this, it);
  }

  private void extension(Message.Extension it) throws MalformedException {
    extension = it.name().isEmpty() ? extension : it.name();
    if (extension.equals(Durable.EXTENSION)) {
      acknowledges = true;
      exchange.understood(this);
      Optional<Durable> durable = Durable.read(link.identity().remotePublicKey(), it.payload());
      durable.ifPresent(acknowledgement -> exchange.acknowledged(this, acknowledgement));
    }
  }

  /// The proofs that were gathered, which are now the caller's.
  List<Message.Data> takeGathered() {
    List<Message.Data> taken = gathered;
    gathered = new ArrayList<>();
    return taken;
  }

  Proofs proofs() {
    return proofs;
  }

  /// The channel was never opened.
  void closedUnopened() {
    link.closed(this, false);
    exchange.left(this, false);
  }

  /// A proof of the peer does not hold. It may clear itself, once: by the proof that the core has
  /// two histories.
  void suspect(MalformedException lie) throws MalformedException {
    long length = Math.min(exchange.replica().head().length(), exchange.last(this).length());
    boolean first = !peer.suspected();
    if (!first || length == 0 || exchange.last(this).fork() != exchange.replica().head().fork()) {
      throw lie;
    }
    exchange.suspect(this);
    Proof.Request all =
        new Proof.Request(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Proof.Range(0, length)));
    send(new Message.Request(0, exchange.replica().head().fork(), all, false, 0));
    link.dropAfter(CLEARING, lie);
  }

  /// A request makes no sense for the core.
  void asksNonsense() throws MalformedException {
    if (++invalid > MOST_INVALID) {
      throw new MalformedException("it asks for what makes no sense");
    }
  }

  /// A request is for what is not here.
  void asksForWhatIsNotHere() throws MalformedException {
    if (++lacked > MOST_LACKED) {
      throw new MalformedException("it asks for what it was not told to be here");
    }
  }

  /// A peer whose proof did not hold has shown no conflict.
  void cleared() throws MalformedException {
    if (peer.suspected()) {
      throw new MalformedException("its proof does not hold, and the core has one history only");
    }
  }

  /// Answers have come that nobody waits for.
  void unasked(int count) throws MalformedException {
    unasked += count;
    if (unasked > MOST_UNASKED) {
      throw new MalformedException("it sends what it was not asked for");
    }
  }

  /// What was asked ahead has not come as expected.
  void expectNothing() {
    ahead.clear();
  }

  /// Tells the peer all that it is to be told.
  void pump() {
    Channel to = channel;
    if (to == null || to.closed()) {
      return;
    }
    CoreFault frozen = exchange.frozen();
    if (frozen != null) {
      warn(to, frozen);
      return;
    }
    proofs.seek();
    Head head = exchange.replica().head();
    Decided decided = exchange.decide(this, canUpgrade(head));
    send(to, decided.drops());
    if (!decided.sync().equals(told)) {
      told = decided.sync();
      send(to, decided.sync());
    }
    if (!greeted) {
      greeted = true;
      send(to, Durable.hello());
    }
    send(to, decided.news());
    acknowledge(to);
    order(to, decided.orders(), decided.together());
    if (decided.close()) {
      to.close();
    }
  }

  private boolean canUpgrade(Head head) {
    Message.Sync theirs = exchange.last(this);
    return theirs.fork() == head.fork()
        && theirs.length() < head.length()
        && exchange.replica().canUpgradeFrom(theirs.length());
  }

  /// Shows the peer that the core has two histories.
  private void warn(Channel to, CoreFault fault) {
    fault.evidence().forEach(evidence -> send(to, new Message.Data(evidence)));
    to.close();
  }

  private void acknowledge(Channel to) {
    if (!acknowledges || exchange.core().writable()) {
      return;
    }
    Head head = exchange.replica().head();
    Durable now =
        new Durable(
            link.identity().remotePublicKey(),
            head.fork(),
            head.length(),
            Math.min(head.length(), exchange.replica().contiguous()));
    Durable before = acknowledged;
    if (before == null || !before.same(now)) {
      acknowledged = now;
      send(to, now.message());
    }
  }

  private void order(Channel to, List<Peer.Order> orders, int together) {
    int sent = 0;
    for (Peer.Order order : orders) {
      send(to, message(order));
      if (++sent % together == 0 && !acknowledges) {
        to.mux().uncork();
        to.mux().cork();
      }
    }
  }

  private Message message(Peer.Order order) {
    return switch (order) {
      case Peer.Order.Ask(Asked asked) -> request(asked);
      case Peer.Order.Cancel(long id) -> new Message.Cancel(id);
      case Peer.Order.Want(long segment) ->
          new Message.Want(segment * Segments.BLOCKS, Segments.BLOCKS, false);
      case Peer.Order.Unwant(long segment) ->
          new Message.Unwant(segment * Segments.BLOCKS, Segments.BLOCKS, false);
    };
  }

  private Message request(Asked asked) {
    Asked.What what = asked.what();
    Optional<Proof.Wanted> block =
        what.block().isEmpty()
            ? Optional.empty()
            : Optional.of(new Proof.Wanted(what.block().getAsLong(), levels(what)));
    Proof.Request wanted = new Proof.Request(block, what.hash(), what.seek(), what.upgrade());
    return new Message.Request(asked.id(), asked.fork(), wanted, asked.manifest(), 0);
  }

  /// How many levels above a block are to be proved: none where an upgrade proves them.
  private long levels(Asked.What what) {
    long block = what.block().getAsLong();
    if (what.upgrade().filter(it -> block >= it.start()).isPresent()) {
      return 0;
    }
    return ahead.levels(block, exchange.replica().missingNodes(2 * block));
  }

  /// Sends a message.
  ///
  /// @return whether more should be sent at once
  boolean send(Message message) {
    Channel to = channel;
    return to == null || send(to, message);
  }

  private static void send(Channel to, List<Message> messages) {
    messages.forEach(message -> send(to, message));
  }

  private static boolean send(Channel to, Message message) {
    return to.send(MessageCodec.type(message), MessageCodec.parts(message));
  }
}
