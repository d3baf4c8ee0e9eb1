package cloud.bevy.testing.oracles;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketDeletion;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Buckets;
import cloud.bevy.services.buckets.ListPosition;
import cloud.bevy.services.buckets.ListQuery;
import cloud.bevy.services.buckets.ObjectAttributes;
import cloud.bevy.services.buckets.ObjectDeletion;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.WriteCondition;
import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.CreateOutcome;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.Key;
import cloud.bevy.services.tables.Reading;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableDefinition;
import cloud.bevy.services.tables.Tables;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/// Makes a bucket and a table, puts something into them, and deletes them, again and again. A new
/// one has nothing of what was in the old one of its name.
final class ShelfWriter implements Writer {
  private static final BucketName BUCKET = new BucketName("scratch");
  private static final String TABLE = "scratch";
  private static final long EXISTS = 1;
  private static final ObjectKey OBJECT = new ObjectKey("thing");
  private static final Item ITEM =
      new Item(
          ItemWriter.KEYS.attributesOf(
              new Key(new AttributeValue.S("somebody"), new AttributeValue.S("once"))));

  private final SplittableRandom random;
  private final Ledger ledger = new Ledger();

  ShelfWriter(SplittableRandom random) {
    this.random = random;
  }

  @Override
  public void check(Cloud cloud) {
    boolean bucket = Buckets.in(cloud).find(BUCKET).isPresent();
    boolean table = Tables.of(cloud).list("", 10).names().contains(TABLE);
    ledger.settle("bucket", bucket ? EXISTS : null);
    ledger.settle("table", table ? EXISTS : null);
  }

  @Override
  public void write(Cloud cloud) throws IOException {
    if (random.nextBoolean()) {
      turnBucket(Buckets.in(cloud));
    } else {
      turnTable(Tables.of(cloud));
    }
  }

  private void turnBucket(Buckets buckets) throws IOException {
    if (ledger.acknowledged("bucket") != null) {
      Bucket bucket = buckets.find(BUCKET).orElseThrow();
      bucket.delete(List.of(ObjectDeletion.of(OBJECT)));
      ledger.attempt("bucket", null);
      assertThat(buckets.delete(BUCKET)).isEqualTo(BucketDeletion.DELETED);
      ledger.acknowledge("bucket", null);
      return;
    }
    ledger.attempt("bucket", EXISTS);
    assertThat(buckets.create(BUCKET, "").made()).isTrue();
    ledger.acknowledge("bucket", EXISTS);
    Bucket bucket = buckets.find(BUCKET).orElseThrow();
    assertThat(bucket.list(new ListQuery("", "", ListPosition.START, 1)).entries()).isEmpty();
    bucket.put(
        OBJECT,
        ObjectAttributes.NONE,
        ObjectWriter.content(Payload.of(Payload.number(random))),
        WriteCondition.always());
  }

  private void turnTable(Tables tables) {
    if (ledger.acknowledged("table") != null) {
      ledger.attempt("table", null);
      tables.delete(TABLE);
      ledger.acknowledge("table", null);
      return;
    }
    ledger.attempt("table", EXISTS);
    var outcome = tables.create(TableDefinition.of(TABLE, ItemWriter.KEYS));
    assertThat(outcome).isInstanceOf(CreateOutcome.Created.class);
    ledger.acknowledge("table", EXISTS);
    Table table = tables.table(TABLE);
    assertThat(table.scan(0, 1, Reading.ALL).items()).isEmpty();
    table.put(ITEM, null);
  }
}
