package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.OpenObject;
import cloud.bevy.services.buckets.Setting;
import cloud.bevy.services.buckets.StoredObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/// One request to a web site (Amazon S3 User Guide, "Hosting a static website using Amazon S3").
final class WebsiteVisit {
  private static final int MOVED = 301;
  private static final int FOUND = 302;
  private static final String READING = "GetObject";

  private final Exchange exchange;
  private final Cloud cloud;
  private final String bucketName;
  private final String key;
  private Optional<S3Error> error = Optional.empty();

  /// @param key what the path says, which may be empty
  WebsiteVisit(Exchange exchange, Cloud cloud, String bucketName, String key) {
    this.exchange = exchange;
    this.cloud = cloud;
    this.bucketName = bucketName;
    this.key = key;
  }

  /// Answers, and logs that where accesses to the bucket are logged.
  void answer() throws IOException {
    AccessTrail trail = AccessTrail.begin(call(key));
    try {
      visit();
    } catch (S3Exception refused) {
      error = Optional.of(refused.error());
      WebsitePage.refuse(exchange, refused);
    } finally {
      trail.end(() -> AccessNames.ofWebsite(exchange.method()), error);
    }
  }

  private void visit() throws IOException {
    Bucket bucket = call("").bucket();
    Website site =
        Website.kept(
            bucket
                .settings()
                .find(Setting.WEBSITE)
                .orElseThrow(() ->
                    S3Error.NO_SUCH_WEBSITE_CONFIGURATION
                        .refused()
                        .with("BucketName", bucketName)));
    if (site.all().isPresent()) {
      redirect(site.all().get(), "");
      return;
    }
    Optional<Website.Rule> rule = site.rule(key, Optional.empty());
    if (rule.isPresent()) {
      redirect(rule.get().redirect(), rule.get().prefix());
      return;
    }
    boolean folder = key.isEmpty() || key.endsWith("/");
    String wanted = folder ? key + site.index() : key;
    try {
      show(bucket, wanted);
    } catch (S3Exception refused) {
      if (exchange.answered() || !isMissing(refused)) {
        throw refused;
      }
      if (!folder && isThere(bucket, key + "/" + site.index())) {
        send(FOUND, "/" + AwsUri.encodePath(key) + "/");
      } else {
        error(bucket, site, refused);
      }
    }
  }

  private static boolean isMissing(S3Exception refused) {
    return refused.error() == S3Error.NO_SUCH_KEY || refused.error() == S3Error.ACCESS_DENIED;
  }

  /// Sends an object, or to where it says.
  private void show(Bucket bucket, String name) throws IOException {
    S3Call call = call(name);
    call.access().operation(READING);
    try (OpenObject open = open(call, bucket)) {
      Optional<String> elsewhere =
          Optional.ofNullable(open.object().attributes().headers().get(ObjectHeaders.REDIRECT));
      if (elsewhere.isPresent()) {
        send(MOVED, WebsiteRedirect.asWritten(elsewhere.get()));
        return;
      }
      Optional<ByteRange> range = ObjectAnswer.begin(call, open.object());
      if (range.isPresent()) {
        send(open, range.get());
      }
    }
  }

  private static OpenObject open(S3Call call, Bucket bucket) throws S3Exception {
    OpenObject open =
        bucket
            .open(call.key())
            .orElseThrow(
                () -> S3Error.NO_SUCH_KEY.refused().with("Key", call.target().key().orElseThrow()));
    try {
      call.access().read(bucket, open.object(), false);
      EncryptionHeaders.check(open.unlock(Optional.empty()));
      return open;
    } catch (S3Exception refused) {
      open.close();
      throw refused;
    }
  }

  private void send(OpenObject open, ByteRange range) throws IOException {
    if (exchange.method().equals("HEAD")) {
      exchange.responseHeaders().set("Content-Length", Long.toString(range.length()));
      exchange.sendEmpty();
      return;
    }
    try (OutputStream out = exchange.stream(range.length())) {
      open.copy(range.offset(), range.length(), out);
    }
  }

  /// Whether there is an object that everybody may read.
  private boolean isThere(Bucket bucket, String name) {
    try {
      S3Call call = call(name);
      call.access().operation(READING);
      return bucket.find(call.key()).isPresent();
    } catch (S3Exception refused) {
      return false;
    }
  }

  private void error(Bucket bucket, Website site, S3Exception refused) throws IOException {
    int status = refused.error().status();
    error = Optional.of(refused.error());
    Optional<Website.Rule> rule = site.rule(key, Optional.of(status));
    if (rule.isPresent()) {
      redirect(rule.get().redirect(), rule.get().prefix());
      return;
    }
    if (site.error().isEmpty()) {
      WebsitePage.send(exchange, refused, Optional.empty());
      return;
    }
    S3Call call = call(site.error().get());
    OpenObject page;
    try {
      call.access().operation(READING);
      page = open(call, bucket);
    } catch (S3Exception second) {
      WebsitePage.send(exchange, refused, Optional.of(second));
      return;
    }
    try (OpenObject open = page) {
      StoredObject object = open.object();
      String elsewhere = object.attributes().headers().get(ObjectHeaders.REDIRECT);
      if (elsewhere != null) {
        send(MOVED, WebsiteRedirect.asWritten(elsewhere));
        return;
      }
      ObjectHeaders.answer(call, object);
      WebsitePage.head(exchange, refused);
      send(open, new ByteRange(0, object.size()));
    }
  }

  private void redirect(WebsiteRedirect to, String prefix) throws IOException {
    String host = exchange.requestHeaders().first("Host").orElse("");
    send(to.status(), to.location(host, prefix, key, exchange.query()));
  }

  private void send(int status, String location) throws IOException {
    exchange.responseHeaders().set("Location", location);
    exchange.status(status).sendEmpty();
  }

  /// What a visitor would ask of S3 to see an object.
  private S3Call call(String name) throws S3Exception {
    Optional<String> object = name.isEmpty() ? Optional.empty() : Optional.of(name);
    return new S3Call(
        exchange,
        new S3Target(Optional.of(bucketName), object),
        new QueryString(List.of()),
        new Admission(cloud, new PayloadKind.Unsigned(), Optional.empty(), Caller.ANONYMOUS));
  }
}
