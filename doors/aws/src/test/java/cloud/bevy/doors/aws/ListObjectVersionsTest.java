package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

class ListObjectVersionsTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void theVersionsOfAKeyAreListedTheLatestFirst() {
    VersionedBucket bucket = VersionedBucket.on(SERVER);
    String first = bucket.put("key", "one");
    String second = bucket.put("key", "two");
    ListObjectVersionsResponse list =
        SERVER.client().listObjectVersions(r -> r.bucket(bucket.name()));
    assertThat(list.versions()).extracting(ObjectVersion::versionId).containsExactly(second, first);
    assertThat(list.versions()).extracting(ObjectVersion::isLatest).containsExactly(true, false);
    assertThat(list.versions()).extracting(ObjectVersion::size).containsExactly(3L, 3L);
  }

  @Test
  void theMarkOfADeletionIsListedAsTheLatest() {
    VersionedBucket bucket = VersionedBucket.on(SERVER);
    bucket.put("key", "one");
    String mark = bucket.delete("key");
    ListObjectVersionsResponse list =
        SERVER.client().listObjectVersions(r -> r.bucket(bucket.name()));
    assertThat(list.deleteMarkers())
        .singleElement()
        .satisfies(it -> assertThat(it.versionId()).isEqualTo(mark))
        .satisfies(it -> assertThat(it.isLatest()).isTrue());
    assertThat(list.versions())
        .singleElement()
        .satisfies(it -> assertThat(it.isLatest()).isFalse());
  }

  @Test
  void aBucketThatNeverKeptVersionsHasOneOfEachKey() {
    String bucket = SERVER.bucket();
    new VersionedBucket(SERVER.client(), bucket).put("key", "one");
    assertThat(SERVER.client().listObjectVersions(r -> r.bucket(bucket)).versions())
        .singleElement()
        .satisfies(it -> assertThat(it.versionId()).isEqualTo("null"))
        .satisfies(it -> assertThat(it.isLatest()).isTrue());
  }

  @Test
  void keysWithADelimiterAreGroups() {
    VersionedBucket bucket = VersionedBucket.on(SERVER);
    bucket.put("a/1", "x");
    bucket.put("a/1", "y");
    bucket.delete("b/2");
    bucket.put("c", "z");
    ListObjectVersionsResponse list =
        SERVER.client().listObjectVersions(r -> r.bucket(bucket.name()).delimiter("/"));
    assertThat(list.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("a/", "b/");
    assertThat(list.versions()).extracting(ObjectVersion::key).containsExactly("c");
  }

  @Test
  void pagesGoOnBehindVersionsThatWereDeletedMeanwhile() {
    VersionedBucket bucket = VersionedBucket.on(SERVER);
    for (int i = 0; i < 7; i++) {
      bucket.put("key", "text " + i);
    }
    bucket.put("later", "x");
    int deleted = 0;
    ListObjectVersionsResponse page =
        SERVER.client().listObjectVersions(r -> r.bucket(bucket.name()).maxKeys(2));
    while (!page.versions().isEmpty()) {
      assertThat(page.versions().getFirst().isLatest()).isTrue();
      for (ObjectVersion version : page.versions()) {
        SERVER
            .client()
            .deleteObject(
                r -> r.bucket(bucket.name()).key(version.key()).versionId(version.versionId()));
        deleted++;
      }
      String key = page.nextKeyMarker();
      String id = page.nextVersionIdMarker();
      page =
          SERVER
              .client()
              .listObjectVersions(
                  r -> r.bucket(bucket.name()).maxKeys(2).keyMarker(key).versionIdMarker(id));
      if (key == null) {
        break;
      }
    }
    assertThat(deleted).isEqualTo(8);
  }

  @Test
  void pagesGoOnWithinAKey() {
    VersionedBucket bucket = VersionedBucket.on(SERVER);
    List<String> written = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      written.addFirst(bucket.put("key", "text " + i));
    }
    written.add(bucket.put("later", "x"));
    List<String> read = new ArrayList<>();
    SERVER
        .client()
        .listObjectVersionsPaginator(r -> r.bucket(bucket.name()).maxKeys(2))
        .forEach(page -> page.versions().forEach(version -> read.add(version.versionId())));
    assertThat(read).isEqualTo(written);
  }

  @Test
  void aVersionMarkerNeedsAKeyMarker() {
    VersionedBucket bucket = VersionedBucket.on(SERVER);
    String id = bucket.put("key", "x");
    S3Refusals.assertRefused(
        S3Error.INVALID_ARGUMENT,
        () -> SERVER.client().listObjectVersions(r -> r.bucket(bucket.name()).versionIdMarker(id)));
  }
}
