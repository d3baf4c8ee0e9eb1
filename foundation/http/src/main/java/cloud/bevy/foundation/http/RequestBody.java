package cloud.bevy.foundation.http;

import cloud.bevy.foundation.http.ClientRequest.Body;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// A client's request on its way out. What fits into one piece leaves with the head; all else is
/// sent by a task of its own, so that an answer may come at any time. That nothing more could be
/// sent is no fault by itself: the other side may have answered without listening to the end.
final class RequestBody implements BodyStream.Message {
  private final HttpClient client;
  private final ClientConnection connection;
  private final ClientRequest request;
  private final ClientConnection.Call call;
  private volatile @Nullable IOException unreadable;

  RequestBody(
      HttpClient client,
      ClientConnection connection,
      ClientRequest request,
      ClientConnection.Call call) {
    this.client = client;
    this.connection = connection;
    this.request = request;
    this.call = call;
  }

  /// Sends the request, or begins to.
  void send() {
    switch (request.body()) {
      case Body.Empty empty -> sendAll(new byte[0]);
      case Body.Bytes(byte[] bytes) when bytes.length <= Outbound.PIECE -> sendAll(bytes);
      case Body.Bytes(byte[] bytes) -> pump(new ByteArrayInputStream(bytes), bytes.length);
      case Body.Stream(InputStream source, long length) -> pump(source, length);
    }
  }

  /// Why there is no answer: because the body could not be read, or because of `cause`.
  IOException reason(@Nullable Throwable cause) {
    IOException source = unreadable;
    if (source != null) {
      return new IOException("the body to be sent could not be read", source);
    }
    return cause instanceof IOException known ? known : new IOException("no answer", cause);
  }

  @Override
  public ByteBuf head(long length) {
    Headers headers = new Headers();
    if (!request.headers().has("Host")) {
      headers.add("Host", host(connection.peer()));
    }
    request.headers().forEach(headers::add);
    headers.remove("Content-Length").remove("Transfer-Encoding");
    if (length > 0 || (length == 0 && !isBodyless())) {
      headers.add("Content-Length", Long.toString(length));
    } else if (length < 0) {
      headers.add("Transfer-Encoding", "chunked");
    }
    return Heads.request(request.method(), request.target(), headers);
  }

  @Override
  public void completed() {
    connection.requestSent(call);
  }

  private boolean isBodyless() {
    return switch (request.method()) {
      case "GET", "HEAD", "OPTIONS", "DELETE" -> true;
      default -> false;
    };
  }

  private static String host(SocketAddress peer) {
    return switch (peer) {
      case InetSocketAddress inet when inet.getHostString().contains(":") ->
          '[' + inet.getHostString() + "]:" + inet.getPort();
      case InetSocketAddress inet -> inet.getHostString() + ':' + inet.getPort();
      default -> "localhost";
    };
  }

  private BodyStream open(long length) {
    return new BodyStream(connection.out(), this, length, BodyStream.Framing.DELIMITED);
  }

  private void sendAll(byte[] bytes) {
    try (BodyStream out = open(bytes.length)) {
      out.write(bytes);
    } catch (IOException deaf) {
      // The answer tells.
    }
  }

  private void pump(InputStream source, long length) {
    client.world().tasks().start("http request body", () -> copy(source, length));
  }

  private void copy(InputStream source, long length) {
    BodyStream out = open(length);
    byte[] piece = new byte[Outbound.PIECE];
    try {
      for (int count = read(source, piece); count >= 0; count = read(source, piece)) {
        out.write(piece, 0, count);
        if (source.available() == 0) {
          out.flush();
        }
      }
      if (unreadable == null) {
        out.close();
      }
    } catch (IOException deaf) {
      // The answer tells.
    }
  }

  private int read(InputStream source, byte[] piece) {
    try {
      return source.read(piece);
    } catch (IOException failure) {
      unreadable = failure;
      connection.abort();
      return -1;
    }
  }
}
