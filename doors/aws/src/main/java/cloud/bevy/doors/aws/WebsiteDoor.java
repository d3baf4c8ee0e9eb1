package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.CloudFault;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.Fault;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.foundation.http.Handler;
import cloud.bevy.hyper.store.StoreFault;
import cloud.bevy.services.buckets.BucketName;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/// Shows buckets as web sites, to everybody: `BUCKET.s3-website.localhost`, and those that are
/// called as a host is at that host. Nobody signs here; who visits sees what the bucket lets
/// everybody read.
public final class WebsiteDoor implements Handler {
  /// What stands in the host names of web sites behind the bucket's name, and may be followed by a
  /// region.
  private static final String MARK = ".s3-website";

  private final World world;
  private final Clouds clouds;
  private final String first;
  private final Cors cors;

  /// A door to the buckets of one cloud, and to those of all clouds that have a host of their own.
  ///
  /// @param first the cloud's name
  public WebsiteDoor(World world, Clouds clouds, String first) {
    this.world = world;
    this.clouds = clouds;
    this.first = first;
    this.cors = new Cors(this::find);
  }

  /// Whether a host is that of a web site. Opens no cloud.
  ///
  /// @param host in lower case, without a port
  public boolean shows(String host) {
    return BucketName.of(host).isPresent() && clouds.hasHost(host);
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
    Site site = site(exchange);
    try (Lease lease = open(site).orElseThrow(() -> missing(site))) {
      new WebsiteVisit(exchange, lease.cloud(), site.bucket(), key).answer();
    }
  }

  private static S3Exception missing(Site site) {
    return S3Error.NO_SUCH_BUCKET.refused().with("BucketName", site.bucket());
  }

  /// The bucket that is visited, if it is there.
  private Optional<BucketLease> find(Exchange exchange) {
    Site site = site(exchange);
    Optional<BucketName> name = BucketName.of(site.bucket());
    return name.isEmpty()
        ? Optional.empty()
        : open(site).flatMap(lease -> BucketLease.in(lease, name.get()));
  }

  private Optional<Lease> open(Site site) {
    return site.own() ? clouds.openForHost(site.bucket()) : clouds.open(first);
  }

  /// A web site.
  ///
  /// @param bucket the name of its bucket, if that is one
  /// @param own whether the bucket is called as the host is
  private record Site(String bucket, boolean own) {}

  private static Site site(Exchange exchange) {
    String host = exchange.requestHeaders().first("Host").orElse("").toLowerCase(Locale.ROOT);
    int mark = host.lastIndexOf(MARK);
    if (mark > 0) {
      return new Site(host.substring(0, mark), false);
    }
    return new Site(host.replaceFirst("\\.?(:[0-9]*)?$", ""), true);
  }
}
