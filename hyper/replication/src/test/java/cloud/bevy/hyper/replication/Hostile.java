package cloud.bevy.hyper.replication;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Proof;
import cloud.bevy.hyper.mux.Channel;
import cloud.bevy.hyper.mux.Handler;
import cloud.bevy.hyper.mux.Mux;
import cloud.bevy.hyper.mux.Protocol;
import cloud.bevy.hyper.replication.MessageCodec.Handshake;
import cloud.bevy.hyper.stream.SecretStream;
import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/// A peer that says whatever a test wants it to.
final class Hostile implements Handler {
  final Identity identity;
  final World world;
  final Mux mux;
  final List<Message> heard = new CopyOnWriteArrayList<>();
  volatile int refused;
  volatile boolean ended;
  volatile Optional<Channel> channel = Optional.empty();
  private volatile BiConsumer<Channel, Message> answer = (_, _) -> {};

  Hostile(Party party, SecretStream stream) {
    identity = Identity.of(stream);
    world = party.world;
    mux = new Mux(party.world, stream);
    party.world.tasks().start("hostile", this::run);
  }

  private void run() {
    try {
      mux.run();
    } catch (IOException dropped) {
      // as it should be
    }
    ended = true;
  }

  /// Says something whenever something is heard.
  Hostile answers(BiConsumer<Channel, Message> said) {
    answer = said;
    return this;
  }

  byte[] capability(byte[] key) {
    return Capability.of(identity.initiator(), key, identity.handshakeHash());
  }

  /// Opens the channel of a core.
  Channel open(byte[] discoveryKey, byte[] capability) {
    ByteBuffer handshake = ByteBuffer.wrap(new Handshake(true, capability).encode());
    return mux.open(new Protocol(Link.PROTOCOL, discoveryKey), handshake, this).orElseThrow();
  }

  /// Opens the channel of a core when it is asked for.
  void pair(byte[] key) {
    mux.pairAny(Link.PROTOCOL, protocol -> open(protocol.id(), capability(key)));
  }

  static boolean say(Channel channel, Message message) {
    return channel.send(MessageCodec.type(message), ByteBuffer.wrap(MessageCodec.encode(message)));
  }

  static Message.Sync sync(long fork, long length) {
    return new Message.Sync(fork, length, 0, true, true, true, true, false);
  }

  static Message.Request request(long id, long block) {
    Proof.Request wanted =
        new Proof.Request(
            Optional.of(new Proof.Wanted(block, 0)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new Message.Request(id, 0, wanted, false, 0);
  }

  <T extends Message> List<T> heard(Class<T> kind) {
    List<T> all = new ArrayList<>();
    heard.stream().filter(kind::isInstance).forEach(it -> all.add(kind.cast(it)));
    return all;
  }

  @Override
  public void opened(Channel opened, ByteBuffer handshake) {
    channel = Optional.of(opened);
  }

  @Override
  public void received(Channel from, int type, ByteBuffer body) throws MalformedException {
    byte[] bytes = new byte[body.remaining()];
    body.get(bytes);
    Message message = MessageCodec.read(type, new Decoder(bytes));
    heard.add(message);
    answer.accept(from, message);
  }

  @Override
  public void closed(Channel closed, boolean remotely) {
    refused++;
  }
}
