package cloud.bevy.services.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {
  @Test
  void anAppNeedsNoManifest() throws Exception {
    Manifest manifest = ManifestReader.read(new byte[0], "Notes");
    assertThat(manifest.name()).isEqualTo("notes");
    assertThat(manifest.main()).isEmpty();
    assertThat(manifest.publicFolder()).isEqualTo("public");
    assertThat(manifest.environment().tables()).isEmpty();
  }

  @Test
  void aTableHasAKeyAndANameIfNoneIsGiven() throws Exception {
    Manifest manifest = read("{'tables': {'MY_NOTES': {}}}");
    assertThat(manifest.environment().tables().get("MY_NOTES"))
        .isEqualTo(
            new TableSpec(
                "app-my-notes", new KeyAttribute("id", "S"), Optional.empty(), Optional.empty()));
  }

  @Test
  void everythingThatIsSaidCounts() throws Exception {
    Manifest manifest =
        read(
            "{'name': 'n', 'main': 'src/a.mjs', 'public': 'www', 'buckets': {'B': 'pictures'},"
                + " 'vars': {'V': 'x'}, 'tables': {'T': {'table': 'tab', 'partitionKey': 'p',"
                + " 'sortKey': 's:N'}}}");
    assertThat(manifest.name()).isEqualTo("n");
    assertThat(manifest.main()).contains("src/a.mjs");
    assertThat(manifest.publicFolder()).isEqualTo("www");
    assertThat(manifest.usesBucket("pictures")).isTrue();
    assertThat(manifest.usesTable("tab")).isTrue();
    assertThat(manifest.environment().tables().get("T").sortKey())
        .contains(new KeyAttribute("s", "N"));
    assertThat(manifest.environment().vars()).containsEntry("V", "x");
  }

  @Test
  void aManifestIsReadAgainAsItWasWritten() throws Exception {
    Manifest manifest =
        read(
            "{'buckets': {'B': ''}, 'tables': {'T': {'sortKey': 's:N'}, 'F': {'feed': {"
                + "'retries': 0, 'view': 'KEYS_ONLY', 'deadLetters': 'B', 'bisect': false}}}}");
    byte[] written = Json.bytes(ManifestReader.members(manifest));
    assertThat(ManifestReader.read(written, "")).isEqualTo(manifest);
  }

  @Test
  void aFeedHasDefaultsAndItsDeadLettersABucketByItsNameInEnv() throws Exception {
    FeedSpec plain = feed("{'tables': {'T': {'feed': {}}}}");
    assertThat(plain)
        .isEqualTo(
            new FeedSpec(
                FeedSpec.Start.TRIM_HORIZON,
                FeedSpec.View.NEW_AND_OLD_IMAGES,
                100,
                new FeedSpec.Effort(8, true, "app-dead-letters")));
    FeedSpec said =
        feed(
            "{'buckets': {'DEAD': 'letters'}, 'tables': {'T': {'feed': {'startingPosition':"
                + " 'LATEST', 'batchSize': 1000, 'retries': 10000, 'deadLetters': 'DEAD'}}}}");
    assertThat(said.start()).isEqualTo(FeedSpec.Start.LATEST);
    assertThat(said.batchSize()).isEqualTo(1000);
    assertThat(said.effort()).isEqualTo(new FeedSpec.Effort(10_000, true, "letters"));
  }

  private static FeedSpec feed(String json) throws Refusal {
    return read(json).environment().tables().get("T").feed().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'tabels': {}} | did you mean "tables"?
          {'Name': 'x'} | did you mean "name"?
          {'tables': {'T': {'partitonKey': 'x'}}} | did you mean "partitionKey"?
          {'name': 'Bad Name'} | lower-case letters
          {'name': 5} | must be a string
          {'main': '../x.js'} | inside the folder
          {'public': '/etc'} | inside the folder
          {'tables': {'T': {'sortKey': 's:X'}}} | only S, N and B
          {'tables': []} | must be an object
          {'tables': {'a-b': {}}} | cannot be a name in env
          {'buckets': {'B': 'UPPER'}} | a bucket cannot be called "UPPER"
          {'tables': {'T': {'feed': {'batchsize': 1}}}} | did you mean "batchSize"?
          {'tables': {'T': {'feed': {'batchSize': 0}}}} | from 1 to 1000
          {'tables': {'T': {'feed': {'batchSize': 1001}}}} | from 1 to 1000
          {'tables': {'T': {'feed': {'retries': -1}}}} | from 0 to 10000
          {'tables': {'T': {'feed': {'retries': 10001}}}} | from 0 to 10000
          {'tables': {'T': {'feed': {'retries': '3'}}}} | from 0 to 10000
          {'tables': {'T': {'feed': {'bisect': 'no'}}}} | true or false
          {'tables': {'T': {'feed': {'startingPosition': 'NOW'}}}} | [TRIM_HORIZON, LATEST]
          {'tables': {'T': {'feed': {'deadLetters': 'NO_SUCH'}}}} | called "NO_SUCH"
          {'tables': {'T': {'feed': true}}} | must be an object
          {'vars': {'X': 'a'}, 'buckets': {'X': 'abc'}} | two things are called X
          {'name': 'a', 'name': 'b'} | Duplicate field
          [] | one JSON object
          {} {} | something stands after
          {'name' | bevy.json
          """)
  void whatIsWrongIsRefusedWithWhatWouldBeRight(String json, String message) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(Refusal.class).hasMessageContaining(message);
  }

  @Test
  void deepJson() {
    assertThatThrownBy(() -> read("{'vars':".repeat(100))).isInstanceOf(Refusal.class);
  }

  private static Manifest read(String json) throws Refusal {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return ManifestReader.read(bytes, "app");
  }
}
