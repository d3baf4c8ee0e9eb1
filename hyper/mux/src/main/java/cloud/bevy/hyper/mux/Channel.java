package cloud.bevy.hyper.mux;

import java.nio.ByteBuffer;

/// One conversation on a [Mux]. Any task may send and close.
public final class Channel {
  private final Mux mux;
  private final Protocol protocol;
  private final Handler handler;

  /// The numbers that each side has given it; 0 for none. Guarded by the mux.
  int localId;

  int remoteId;

  volatile boolean opened;
  volatile boolean closed;

  Channel(Mux mux, Protocol protocol, Handler handler) {
    this.mux = mux;
    this.protocol = protocol;
    this.handler = handler;
  }

  Handler handler() {
    return handler;
  }

  /// What is spoken here.
  public Protocol protocol() {
    return protocol;
  }

  /// The mux that carries the channel.
  public Mux mux() {
    return mux;
  }

  /// Sends one message, whose body is what remains in `body`, part after part. Never blocks: the
  /// bytes are copied, and written soon, together with what else is waiting. Allowed as soon as
  /// [Mux#open] has returned, before the other side has opened the channel too. On a channel that
  /// is closed the message is dropped.
  ///
  /// @param type of the message, from 0 on
  /// @return whether more should be sent at once; where not, wait with [Mux#awaitDrained]
  /// @throws IllegalArgumentException if the message is too long for a frame
  public boolean send(int type, ByteBuffer... body) {
    return mux.send(this, type, body);
  }

  /// Closes this side of the channel. What the other side still sends on it is dropped.
  public void close() {
    mux.close(this);
  }

  /// Whether the channel is closed.
  public boolean closed() {
    return closed;
  }

  /// Whether both sides have opened the channel, and neither closed it.
  public boolean opened() {
    return opened && !closed;
  }
}
