package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.StoredObject;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Stores the file of a form that a browser has posted to a bucket.
final class PostObject implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    if (!(call.exchange() instanceof PostExchange)) {
      throw S3Error.PRECONDITION_FAILED
          .refused()
          .with("Condition", "Bucket POST must be of the enclosure-type multipart/form-data");
    }
    StoredObject stored = PutObject.store(call);
    String path = AwsUri.encodePath("/" + call.bucketText() + "/" + stored.key());
    String location = "http://" + call.header("Host").orElse("") + path;
    Optional<String> redirect = redirect(call, stored);
    if (redirect.isPresent()) {
      call.answerHeader("Location", redirect.get());
      call.sendEmpty(303);
      return;
    }
    call.answerHeader("Location", location);
    switch (call.header("success_action_status").orElse("")) {
      case "200" -> call.sendEmpty(200);
      case "201" -> {
        call.exchange().status(201);
        call.send(
            XmlWriter.plain()
                .open("PostResponse")
                .element("Location", location)
                .element("Bucket", call.bucketText())
                .element("Key", stored.key().text())
                .element("ETag", ObjectHeaders.quoted(stored.etag()))
                .close("PostResponse"));
      }
      default -> call.sendEmpty(204);
    }
  }

  /// Where the browser goes next; what is no address is as good as none.
  private static Optional<String> redirect(S3Call call, StoredObject stored) {
    Optional<String> asked =
        call.header("success_action_redirect").or(() -> call.header("redirect"));
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(asked.get());
      if (!uri.isAbsolute() || uri.getHost() == null) {
        return Optional.empty();
      }
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
    String joint = asked.get().contains("?") ? "&" : "?";
    return Optional.of(
        asked.get()
            + joint
            + ("bucket=" + AwsUri.encode(call.bucketText()))
            + ("&key=" + AwsUri.encode(stored.key().text()))
            + ("&etag=" + AwsUri.encode(ObjectHeaders.quoted(stored.etag()))));
  }
}
