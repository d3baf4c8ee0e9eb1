package cloud.bevy.hyper.mux;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.stream.MessageStream;
import cloud.bevy.hyper.stream.RefusedException;
import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.Encoder;
import cloud.bevy.hyper.wire.MalformedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Many channels on one stream of messages, byte for byte as `protomux` has them. The owner calls
/// [#run] in a task of its own; everything else may be called by any task, before or meanwhile.
///
/// Sending never blocks: messages are gathered and written, as large batches, by a task that exists
/// only while there is something to write. Who has much to send is told when to wait for the other
/// side. A peer that does not read what it asked for is not read either.
public final class Mux {
  /// How long a protocol's name, or an id, may be that the other side opens, in bytes.
  static final int LONGEST_NAME = 4096;

  private static final int BATCH = 0;
  private static final int OPEN = 1;
  private static final int REJECT = 2;
  private static final int CLOSE = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final MessageStream stream;
  private final ReentrantLock lock = new ReentrantLock();
  private final Directory directory = new Directory();
  private final Map<String, Pairing> pairings = new HashMap<>();
  private final Map<String, Pairing> pairingsOfAny = new HashMap<>();
  private final Writer writer;
  private @Nullable Requested requested;
  private @Nullable IOException failure;
  private boolean ended;

  /// A mux over a stream, which it owns from now on.
  public Mux(World world, MessageStream stream) {
    this.stream = stream;
    this.writer = new Writer(world, stream, lock, this::destroy);
  }

  /// A channel that the other side opens while [Pairing]s are asked about it.
  private static final class Requested {
    private final Protocol protocol;
    private final int remoteId;
    private @Nullable Channel channel;

    Requested(Protocol protocol, int remoteId) {
      this.protocol = protocol;
      this.remoteId = remoteId;
    }

    boolean fits(Protocol opened) {
      boolean named =
          opened.name().equals(protocol.name()) || opened.aliases().contains(protocol.name());
      return channel == null && named && Arrays.equals(opened.id(), protocol.id());
    }
  }

  /// The stream below.
  public MessageStream stream() {
    return stream;
  }

  /// Reads the stream and calls the handlers, until the stream has ended; then closes all channels.
  /// The calling task is the only one that calls handlers.
  ///
  /// @throws IOException if it has not ended well, with the reason: a [RefusedException] if the
  ///   other side broke the rules
  public void run() throws IOException {
    try {
      Optional<ByteBuffer> frame = next();
      while (frame.isPresent()) {
        take(frame.get());
        frame = next();
      }
      end(null);
    } catch (MalformedException refused) {
      end(new RefusedException(String.valueOf(refused.getMessage())));
    } catch (IOException broken) {
      end(broken);
    } finally {
      end(new IOException("a handler has failed")); // does nothing after the others
    }
    IOException reason = failure();
    if (reason != null) {
      throw reason;
    }
  }

  private Optional<ByteBuffer> next() throws IOException {
    try {
      if (!writer.await(Writer.TOO_MUCH, PATIENCE)) {
        throw new IOException("the other side does not read what it has asked for");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the other side did not read");
    }
    return stream.receive();
  }

  /// Handles a frame. What is sent meanwhile goes out together.
  private void take(ByteBuffer frame) throws MalformedException {
    if (!frame.hasRemaining()) {
      return;
    }
    cork();
    try {
      byte[] bytes = frame.array();
      int from = frame.arrayOffset() + frame.position();
      int to = from + frame.remaining();
      Decoder decoder = new Decoder(bytes, from, to);
      int channel = number(decoder);
      int type = number(decoder);
      int start = to - decoder.remaining();
      if (channel == 0 && type == BATCH) {
        takeBatch(bytes, start, to);
      } else {
        dispatch(channel, type, ByteBuffer.wrap(bytes, start, to - start).slice());
      }
    } finally {
      uncork();
    }
  }

  private void takeBatch(byte[] bytes, int start, int to) throws MalformedException {
    Decoder decoder = new Decoder(bytes, start, to);
    int channel = number(decoder);
    while (decoder.remaining() > 0) {
      int length = number(decoder);
      if (length == 0) {
        channel = number(decoder);
        continue;
      }
      if (length > decoder.remaining()) {
        throw new MalformedException("a batch is longer than its frame");
      }
      int end = to - decoder.remaining() + length;
      Decoder message = new Decoder(bytes, end - length, end);
      int type = number(message);
      if (channel == 0 && type == BATCH) {
        throw new MalformedException("a batch is within a batch");
      }
      ByteBuffer body = ByteBuffer.wrap(bytes, end - message.remaining(), message.remaining());
      dispatch(channel, type, body.slice());
      decoder = new Decoder(bytes, end, to);
    }
  }

  private static int number(Decoder decoder) throws MalformedException {
    return decoder.uintUpTo(Integer.MAX_VALUE);
  }

  private void dispatch(int channel, int type, ByteBuffer body) throws MalformedException {
    if (channel == 0) {
      control(type, body);
      return;
    }
    Channel known = remote(channel);
    if (known != null) { // else it was closed here, and the other side does not know yet
      known.handler().received(known, type, body);
    }
  }

  private @Nullable Channel remote(int id) {
    lock.lock();
    try {
      return directory.remote(id);
    } finally {
      lock.unlock();
    }
  }

  private void control(int type, ByteBuffer body) throws MalformedException {
    int start = body.arrayOffset();
    Decoder decoder = new Decoder(body.array(), start, start + body.remaining());
    switch (type) {
      case OPEN -> requested(decoder, body);
      case REJECT -> rejected(number(decoder));
      case CLOSE -> closed(number(decoder));
      default -> {} // of a later version
    }
  }

  private void requested(Decoder decoder, ByteBuffer body) throws MalformedException {
    int remoteId = number(decoder);
    String name = decoder.string();
    byte[] id = decoder.buffer();
    if (name.length() > LONGEST_NAME || id.length > LONGEST_NAME) {
      throw new MalformedException("a protocol's name or id is too long");
    }
    if (remoteId == 0) {
      reject(0);
      return;
    }
    ByteBuffer handshake = body.slice(body.limit() - decoder.remaining(), decoder.remaining());
    Requested request = new Requested(new Protocol(name, id), remoteId);
    Channel channel = answer(request) ? request.channel : ask(request);
    if (channel != null && !channel.closed) {
      channel.opened = true;
      channel.handler().opened(channel, handshake);
    }
  }

  /// Pairs the request with a channel that was opened here, if there is one.
  private boolean answer(Requested request) throws MalformedException {
    lock.lock();
    try {
      directory.take(request.remoteId);
      Protocol protocol = request.protocol;
      Directory.Answered answered = directory.answer(Directory.key(protocol.name(), protocol.id()));
      if (answered == null) {
        requested = request;
        return false;
      }
      request.channel = answered.channel();
      if (request.channel != null) {
        directory.pair(request.channel, request.remoteId);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Asks whoever pairs this protocol whether to open the channel here too.
  private @Nullable Channel ask(Requested request) {
    Pairing pairing = pairing(request.protocol);
    if (pairing != null) {
      pairing.requested(request.protocol);
    }
    lock.lock();
    try {
      requested = null;
      if (request.channel == null) {
        reject(request.remoteId);
      }
      return request.channel;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Pairing pairing(Protocol protocol) {
    lock.lock();
    try {
      Pairing one = pairings.get(Directory.key(protocol.name(), protocol.id()));
      return one != null ? one : pairingsOfAny.get(protocol.name());
    } finally {
      lock.unlock();
    }
  }

  private void reject(int remoteId) {
    sendControl(REJECT, new Encoder().uint(remoteId));
  }

  private void rejected(int localId) throws MalformedException {
    Channel channel;
    lock.lock();
    try {
      channel = directory.refuse(localId);
      if (channel != null) {
        channel.closed = true;
      }
    } finally {
      lock.unlock();
    }
    if (channel != null) {
      channel.handler().closed(channel, true);
    }
  }

  private void closed(int remoteId) {
    Channel channel = remote(remoteId);
    if (channel != null && forget(channel)) {
      channel.handler().closed(channel, true);
    }
  }

  private boolean forget(Channel channel) {
    lock.lock();
    try {
      if (channel.closed) {
        return false;
      }
      channel.closed = true;
      directory.remove(channel);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Opens a channel. The other side is told at once; messages may be sent at once.
  ///
  /// @param handshake for the other side's handler, already encoded
  /// @return nothing where this side has a channel of that protocol and id open already, and once
  ///   the stream has ended
  public Optional<Channel> open(Protocol protocol, ByteBuffer handshake, Handler handler) {
    Channel channel = new Channel(this, protocol, handler);
    lock.lock();
    try {
      if (ended || directory.opened(Directory.key(protocol.name(), protocol.id())) != null) {
        return Optional.empty();
      }
      Requested request = requested != null && requested.fits(protocol) ? requested : null;
      directory.add(channel, request == null ? 0 : request.remoteId);
      if (request != null) {
        request.channel = channel;
      }
      Encoder opening = new Encoder().uint(channel.localId).string(protocol.name());
      writer.add(0, OPEN, encoded(opening.buffer(protocol.id())), handshake);
      return Optional.of(channel);
    } finally {
      lock.unlock();
    }
  }

  boolean send(Channel channel, int type, ByteBuffer... body) {
    lock.lock();
    try {
      return channel.closed || writer.add(channel.localId, type, body);
    } finally {
      lock.unlock();
    }
  }

  void close(Channel channel) {
    lock.lock();
    try {
      int localId = channel.localId;
      if (!forget(channel)) {
        return;
      }
      sendControl(CLOSE, new Encoder().uint(localId));
    } finally {
      lock.unlock();
    }
    channel.handler().closed(channel, false);
  }

  private void sendControl(int type, Encoder body) {
    lock.lock();
    try {
      writer.add(0, type, encoded(body));
    } finally {
      lock.unlock();
    }
  }

  private static ByteBuffer encoded(Encoder body) {
    return ByteBuffer.wrap(body.bytes());
  }

  /// Asks `pairing` when the other side opens a channel of this protocol and id.
  public void pair(Protocol protocol, Pairing pairing) {
    lock.lock();
    try {
      pairings.put(Directory.key(protocol.name(), protocol.id()), pairing);
    } finally {
      lock.unlock();
    }
  }

  /// Asks `pairing` when the other side opens a channel of this protocol with an id that nobody
  /// else has paired.
  public void pairAny(String protocol, Pairing pairing) {
    lock.lock();
    try {
      pairingsOfAny.put(protocol, pairing);
    } finally {
      lock.unlock();
    }
  }

  /// No longer asks for this protocol and id.
  public void unpair(Protocol protocol) {
    lock.lock();
    try {
      pairings.remove(Directory.key(protocol.name(), protocol.id()));
    } finally {
      lock.unlock();
    }
  }

  /// Whether this side has a channel of this protocol and id open.
  public boolean opened(Protocol protocol) {
    lock.lock();
    try {
      return directory.opened(Directory.key(protocol.name(), protocol.id())) != null;
    } finally {
      lock.unlock();
    }
  }

  /// Holds back what is sent until [#uncork], so that it goes out together. Calls nest.
  public void cork() {
    lock.lock();
    try {
      writer.cork();
    } finally {
      lock.unlock();
    }
  }

  /// Lets go what [#cork] held back.
  public void uncork() {
    lock.lock();
    try {
      writer.uncork();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the other side has read so much that more should be sent. Not for handlers.
  ///
  /// @return whether that was so before the deadline, and the stream has not ended
  public boolean awaitDrained(Duration deadline) throws InterruptedException {
    return writer.await(Writer.ENOUGH, deadline);
  }

  /// Writes what was sent, then ends the stream; [#run] returns.
  public void close() {
    writer.close();
  }

  /// Ends the stream at once; [#run] throws the reason.
  public void destroy(IOException reason) {
    lock.lock();
    try {
      if (failure == null && !ended) {
        failure = reason;
      }
      writer.end();
    } finally {
      lock.unlock();
    }
    stream.abort();
  }

  /// Ends what is left, once.
  ///
  /// @param reason nothing where the stream has ended well
  private void end(@Nullable IOException reason) {
    List<Channel> channels;
    lock.lock();
    try {
      if (ended) {
        return;
      }
      if (failure == null) {
        failure = reason;
      }
      ended = true;
      channels = directory.all();
    } finally {
      lock.unlock();
    }
    if (reason == null) {
      close();
    } else {
      destroy(reason);
    }
    for (Channel channel : channels) {
      if (forget(channel)) {
        channel.handler().closed(channel, true);
      }
    }
  }

  private @Nullable IOException failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }
}
