package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.AccessLogging;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Grant;
import cloud.bevy.services.buckets.Permission;
import java.util.List;
import java.util.Optional;

/// Where accesses to a bucket are logged, as XML: `BucketLoggingStatus`.
final class LoggingDocument {
  static final String ROOT = "BucketLoggingStatus";

  private static final String ENABLED = "LoggingEnabled";
  private static final String BUCKET = "TargetBucket";
  private static final String PREFIX = "TargetPrefix";
  private static final String GRANTS = "TargetGrants";
  private static final String FORMAT = "TargetObjectKeyFormat";
  private static final String SIMPLE = "SimplePrefix";
  private static final String PARTITIONED = "PartitionedPrefix";
  private static final String DATE_SOURCE = "PartitionDateSource";

  /// What may be granted of log objects.
  private static final List<Permission> GRANTED =
      List.of(Permission.FULL_CONTROL, Permission.READ, Permission.WRITE);

  private LoggingDocument() {}

  /// Reads a document.
  ///
  /// @return nothing where nothing is to be logged
  static Optional<AccessLogging> read(S3Call call, XmlElement root) throws S3Exception {
    Optional<XmlElement> enabled = root.only(ENABLED).once(ENABLED).child(ENABLED);
    return enabled.isEmpty() ? Optional.empty() : Optional.of(logging(call, enabled.get()));
  }

  private static AccessLogging logging(S3Call call, XmlElement enabled) throws S3Exception {
    enabled.only(BUCKET, PREFIX, GRANTS, FORMAT).once(BUCKET, PREFIX, GRANTS, FORMAT);
    String target = enabled.first(BUCKET).orElseThrow(S3Error.MALFORMED_XML::refused);
    return new AccessLogging(
        BucketName.of(target).orElseThrow(S3Error.INVALID_TARGET_BUCKET_FOR_LOGGING::refused),
        enabled.first(PREFIX).orElseThrow(S3Error.MALFORMED_XML::refused),
        keys(enabled.child(FORMAT)),
        grants(call, enabled.child(GRANTS)));
  }

  private static List<Grant> grants(S3Call call, Optional<XmlElement> list) throws S3Exception {
    if (list.isEmpty()) {
      return List.of();
    }
    List<Grant> grants = AclDocument.grants(call, list.get().only("Grant"));
    if (!grants.stream().map(Grant::permission).allMatch(GRANTED::contains)) {
      throw S3Error.MALFORMED_XML.refused();
    }
    return grants;
  }

  private static Optional<AccessLogging.Keys> keys(Optional<XmlElement> format) throws S3Exception {
    if (format.isEmpty()) {
      return Optional.empty();
    }
    format.get().only(SIMPLE, PARTITIONED);
    if (format.get().children().size() != 1) {
      throw S3Error.MALFORMED_XML.refused();
    }
    Optional<XmlElement> partitioned = format.get().child(PARTITIONED);
    if (partitioned.isEmpty()) {
      return Optional.of(AccessLogging.Keys.SIMPLE);
    }
    return Optional.of(
        switch (partitioned.get().first(DATE_SOURCE).orElse("DeliveryTime")) {
          case "DeliveryTime" -> AccessLogging.Keys.BY_DELIVERY;
          case "EventTime" -> AccessLogging.Keys.BY_EVENT;
          default -> throw S3Error.MALFORMED_XML.refused();
        });
  }

  /// Writes the document.
  static XmlWriter write(S3Call call, Optional<AccessLogging> logging) {
    XmlWriter xml = XmlWriter.document(ROOT);
    logging.ifPresent(to -> write(xml, call, to));
    return xml.close(ROOT);
  }

  private static void write(XmlWriter xml, S3Call call, AccessLogging logging) {
    xml.open(ENABLED);
    xml.element(BUCKET, logging.target().text());
    if (!logging.grants().isEmpty()) {
      xml.open(GRANTS);
      AclDocument.write(xml, call, logging.grants());
      xml.close(GRANTS);
    }
    xml.element(PREFIX, logging.prefix());
    logging.keys().ifPresent(keys -> write(xml, keys));
    xml.close(ENABLED);
  }

  private static void write(XmlWriter xml, AccessLogging.Keys keys) {
    xml.open(FORMAT);
    switch (keys) {
      case SIMPLE -> xml.open(SIMPLE).close(SIMPLE);
      case BY_DELIVERY -> writePartitioned(xml, "DeliveryTime");
      case BY_EVENT -> writePartitioned(xml, "EventTime");
    }
    xml.close(FORMAT);
  }

  private static void writePartitioned(XmlWriter xml, String source) {
    xml.open(PARTITIONED).element(DATE_SOURCE, source).close(PARTITIONED);
  }
}
