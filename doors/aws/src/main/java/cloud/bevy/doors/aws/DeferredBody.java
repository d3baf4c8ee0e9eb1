package cloud.bevy.doors.aws;

import cloud.bevy.foundation.http.Exchange;
import java.io.IOException;
import java.io.InputStream;

/// A request's body that is asked for when it is first read, so that a caller who waits for `100
/// Continue` is not told to go on before all else was found good.
final class DeferredBody extends InputStream {
  private final Exchange exchange;

  DeferredBody(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public int read() throws IOException {
    return exchange.body().read();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    return exchange.body().read(buffer, offset, length);
  }
}
