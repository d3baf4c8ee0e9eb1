package cloud.bevy.doors.aws;

import cloud.bevy.foundation.http.Headers;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.ObjectAccess;
import cloud.bevy.services.buckets.ObjectAttributes;
import cloud.bevy.services.buckets.ObjectLock;
import cloud.bevy.services.buckets.StoredObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The headers that are kept with an object and given back with it.
final class ObjectHeaders {
  static final String CONTENT_TYPE = "content-type";

  /// Where the web site that a bucket is shown as sends those who ask for the object.
  static final String REDIRECT = "x-amz-website-redirect-location";

  private static final int LONGEST_REDIRECT = 2048;
  private static final String USER_PREFIX = "x-amz-meta-";
  static final String STORAGE_CLASS = "x-amz-storage-class";
  private static final String ENCODING = "content-encoding";
  private static final int MOST_USER_BYTES = 2048;
  private static final String DEFAULT_TYPE = "binary/octet-stream";
  private static final List<String> KEPT =
      List.of(
          CONTENT_TYPE,
          "cache-control",
          "content-disposition",
          ENCODING,
          "content-language",
          "expires",
          REDIRECT);
  private static final List<String> STORAGE_CLASSES =
      List.of(
          "STANDARD",
          "REDUCED_REDUNDANCY",
          "STANDARD_IA",
          "ONEZONE_IA",
          "INTELLIGENT_TIERING",
          "GLACIER",
          "DEEP_ARCHIVE",
          "GLACIER_IR");

  /// What a GET may ask to be answered with instead, by its parameter.
  private static final Map<String, String> OVERRIDES =
      Map.of(
          "response-content-type", CONTENT_TYPE,
          "response-cache-control", "cache-control",
          "response-content-disposition", "content-disposition",
          "response-content-encoding", ENCODING,
          "response-content-language", "content-language",
          "response-expires", "expires");

  private ObjectHeaders() {}

  /// Reads what is to be kept.
  ///
  /// @param bucket where the object goes
  static ObjectAttributes read(S3Call call, Bucket bucket) throws S3Exception {
    Headers headers = call.headers();
    ObjectLock lock = LockHeaders.read(headers, call.cloud().world().time().now());
    LockHeaders.check(bucket, lock);
    SortedMap<String, String> kept = new TreeMap<>();
    for (String name : KEPT) {
      headers
          .first(name)
          .map(ObjectHeaders::text)
          .map(value -> name.equals(ENCODING) ? withoutChunks(value) : value)
          .filter(value -> !value.isEmpty())
          .ifPresent(value -> kept.put(name, value));
    }
    checkRedirect(kept.getOrDefault(REDIRECT, "/"));
    return new ObjectAttributes(
        kept,
        userMetadata(headers),
        storageClass(headers),
        Tags.ofHeader(headers),
        lock,
        EncryptionHeaders.read(call, bucket),
        ObjectAccess.OWNERS);
  }

  private static void checkRedirect(String location) throws S3Exception {
    boolean url =
        location.startsWith("/")
            || location.startsWith("http://")
            || location.startsWith("https://");
    if (!url) {
      throw S3Error.INVALID_REDIRECT_LOCATION.refused();
    }
    if (location.length() > LONGEST_REDIRECT) {
      throw S3Error.INVALID_REDIRECT_LOCATION.refused(
          "The length of website redirect location cannot exceed "
              + LONGEST_REDIRECT
              + " characters.");
    }
  }

  /// Answers with what was kept, or with what the request wants to see instead.
  static void answer(S3Call call, StoredObject object) {
    ObjectAttributes attributes = object.attributes();
    call.notes().size(object.size());
    call.answerHeader(CONTENT_TYPE, DEFAULT_TYPE);
    attributes.headers().forEach(call::answerHeader);
    attributes
        .metadata()
        .forEach((name, value) -> call.answerHeader(USER_PREFIX + name, EncodedWords.write(value)));
    if (!attributes.storageClass().equals(ObjectAttributes.STANDARD)) {
      call.answerHeader(STORAGE_CLASS, attributes.storageClass());
    }
    if (!attributes.tags().isEmpty()) {
      call.answerHeader("x-amz-tagging-count", Integer.toString(attributes.tags().size()));
    }
    OVERRIDES.forEach((parameter, header) ->
        call.query()
            .first(parameter)
            .filter(ObjectHeaders::fitsAHeader)
            .ifPresent(value -> call.answerHeader(header, value)));
    LockHeaders.answer(call, attributes.lock());
    EncryptionHeaders.answer(call, attributes.encryption());
    call.answerHeader("ETag", quoted(object.etag()));
    call.answerHeader("Last-Modified", HttpDates.http(object.modified()));
    call.answerHeader("Accept-Ranges", "bytes");
  }

  /// Refuses a request that nobody has signed and that wants to see other headers.
  static void checkOverrides(S3Call call) throws S3Exception {
    boolean asked =
        call.query().parameters().stream().anyMatch(it -> OVERRIDES.containsKey(it.name()));
    if (asked && call.caller().account().isEmpty()) {
      throw S3Error.INVALID_REQUEST.refused(
          "Request specific response headers cannot be used for anonymous GET requests.");
    }
  }

  /// An entity tag as HTTP writes it.
  static String quoted(String etag) {
    return '"' + etag + '"';
  }

  private static SortedMap<String, String> userMetadata(Headers headers) throws S3Exception {
    SortedMap<String, String> metadata = new TreeMap<>();
    int bytes = 0;
    for (String name : headers.names()) {
      if (name.startsWith(USER_PREFIX)) {
        String key = name.substring(USER_PREFIX.length());
        String value = String.join(",", headers.all(name));
        bytes += key.length() + value.length();
        metadata.put(key, EncodedWords.read(text(value)));
      }
    }
    if (bytes > MOST_USER_BYTES) {
      throw S3Error.METADATA_TOO_LARGE.refused();
    }
    return metadata;
  }

  private static String storageClass(Headers headers) throws S3Exception {
    String given = headers.first(STORAGE_CLASS).orElse(ObjectAttributes.STANDARD);
    if (!STORAGE_CLASSES.contains(given)) {
      throw S3Error.INVALID_STORAGE_CLASS.refused();
    }
    return given;
  }

  /// `aws-chunked` is how the body was sent, not what it is.
  private static String withoutChunks(String encodings) {
    if (!encodings.contains("aws-chunked")) {
      return encodings;
    }
    return Arrays.stream(encodings.split(",", -1))
        .map(String::strip)
        .filter(encoding -> !encoding.equals("aws-chunked"))
        .collect(Collectors.joining(", "));
  }

  /// A header's bytes are UTF-8 if they can be, and ISO 8859-1 otherwise.
  private static String text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return value;
    }
  }

  private static boolean fitsAHeader(String value) {
    return value.chars().allMatch(c -> c >= ' ' && c != 0x7f);
  }
}
