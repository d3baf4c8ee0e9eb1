package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.CloudFault;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.Fault;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.foundation.http.Handler;
import cloud.bevy.hyper.store.StoreFault;
import java.io.IOException;
import java.util.Locale;

/// Shows buckets as web sites, to everybody: `BUCKET.s3-website.localhost`. Nobody signs here; who
/// visits sees what the bucket lets everybody read.
public final class WebsiteDoor implements Handler {
  /// What stands in the host names of web sites behind the bucket's name, and may be followed by a
  /// region.
  private static final String MARK = ".s3-website";

  private final World world;
  private final Clouds clouds;
  private final String first;
  private final Cors cors;

  /// A door to the buckets of one cloud.
  ///
  /// @param first its name
  public WebsiteDoor(World world, Clouds clouds, String first) {
    this.world = world;
    this.clouds = clouds;
    this.first = first;
    this.cors = new Cors(clouds, first);
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    exchange.responseHeaders().set("x-amz-request-id", exchange.requestId());
    try {
      if (!cors.answers(exchange)) {
        visit(exchange);
      }
    } catch (S3Exception refused) {
      WebsitePage.refuse(exchange, refused);
    } catch (CloudFault | StoreFault fault) {
      world.log().warning("a web page was not shown: " + Fault.describe(fault));
      WebsitePage.refuse(exchange, S3Error.SERVICE_UNAVAILABLE.refused());
    } catch (Fault fault) {
      world.log().error("web request " + exchange.requestId() + ": " + Fault.describe(fault));
      WebsitePage.refuse(exchange, S3Error.INTERNAL_ERROR.refused());
    }
  }

  private void visit(Exchange exchange) throws IOException {
    if (!exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
      exchange.responseHeaders().set("Allow", "GET, HEAD");
      throw S3Error.METHOD_NOT_ALLOWED.refused();
    }
    String path = exchange.path();
    String key =
        AwsUri.decode(path.startsWith("/") ? path.substring(1) : path)
            .orElseThrow(S3Error.INVALID_URI::refused);
    try (Lease lease = clouds.open(first).orElseThrow(S3Error.NO_SUCH_BUCKET::refused)) {
      new WebsiteVisit(exchange, lease.cloud(), bucket(exchange), key).answer();
    }
  }

  /// The name of the bucket in a host's name.
  private static String bucket(Exchange exchange) throws S3Exception {
    String host = exchange.requestHeaders().first("Host").orElse("").toLowerCase(Locale.ROOT);
    int mark = host.lastIndexOf(MARK);
    if (mark <= 0) {
      throw S3Error.NO_SUCH_BUCKET.refused();
    }
    return host.substring(0, mark);
  }
}
