package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.Encryption;
import cloud.bevy.services.buckets.ObjectPart;
import cloud.bevy.services.buckets.StoredObject;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Says what is asked for of an object: its entity tag, checksum, parts, storage class and size.
final class GetObjectAttributes implements S3Operation {
  private static final String WANTED = "x-amz-object-attributes";
  private static final Set<String> KNOWN =
      Set.of("ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize");
  private static final int MOST_PARTS = 1000;

  @Override
  public void answer(S3Call call) throws IOException {
    Set<String> wanted = wanted(call);
    Bucket bucket = call.bucket();
    StoredObject object = ObjectVersions.find(call, call.view());
    call.access().read(bucket, object, call.query().has(VersionIds.PARAMETER));
    EncryptionHeaders.check(
        Encryption.check(object.attributes().encryption(), EncryptionHeaders.key(call)));
    call.answerHeader("Last-Modified", HttpDates.http(object.modified()));
    XmlWriter xml = XmlWriter.document("GetObjectAttributesResponse");
    if (wanted.contains("ETag")) {
      xml.element("ETag", object.etag());
    }
    if (wanted.contains("Checksum") && object.checksum().isPresent()) {
      xml.open("Checksum");
      ChecksumHeaders.write(xml, object.checksum().get());
      xml.element("ChecksumType", ChecksumHeaders.type(object.checksum().get().composite()));
      xml.close("Checksum");
    }
    if (wanted.contains("ObjectParts") && !object.parts().isEmpty()) {
      writeParts(call, xml, object.parts());
    }
    if (wanted.contains("StorageClass")) {
      xml.element("StorageClass", object.attributes().storageClass());
    }
    if (wanted.contains("ObjectSize")) {
      xml.element("ObjectSize", object.size());
    }
    call.send(xml.close("GetObjectAttributesResponse"));
  }

  private static Set<String> wanted(S3Call call) throws S3Exception {
    Set<String> wanted =
        call.headers().all(WANTED).stream()
            .flatMap(value -> Stream.of(value.split(",", -1)))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet());
    if (wanted.isEmpty()) {
      throw S3Error.INVALID_REQUEST.refused(
          "The x-amz-object-attributes header specifying the attributes to be retrieved is either"
              + " missing or empty");
    }
    if (!KNOWN.containsAll(wanted)) {
      throw S3Error.INVALID_ARGUMENT.refused("Invalid attribute name specified.");
    }
    return wanted;
  }

  private static void writeParts(S3Call call, XmlWriter xml, List<ObjectPart> all)
      throws S3Exception {
    int after = number(call, "x-amz-part-number-marker", 0);
    int most = Math.min(number(call, "x-amz-max-parts", MOST_PARTS), MOST_PARTS);
    List<ObjectPart> rest = all.stream().filter(part -> part.number() > after).toList();
    List<ObjectPart> page = rest.subList(0, Math.min(most, rest.size()));
    xml.open("ObjectParts");
    xml.element("PartsCount", all.size());
    xml.element("PartNumberMarker", after);
    xml.element("NextPartNumberMarker", page.isEmpty() ? 0 : page.getLast().number());
    xml.element("MaxParts", most);
    xml.element("IsTruncated", page.size() < rest.size());
    for (ObjectPart part : page) {
      xml.open("Part").element("PartNumber", part.number()).element("Size", part.size());
      part.checksum().ifPresent(checksum -> ChecksumHeaders.write(xml, checksum));
      xml.close("Part");
    }
    xml.close("ObjectParts");
  }

  private static int number(S3Call call, String header, int otherwise) throws S3Exception {
    String text = call.header(header).orElse(Integer.toString(otherwise));
    if (!text.matches("[0-9]{1,9}")) {
      throw S3Error.INVALID_ARGUMENT.refused(header + " is not a number.");
    }
    return Integer.parseInt(text);
  }
}
