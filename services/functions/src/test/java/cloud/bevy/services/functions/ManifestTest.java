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
        .isEqualTo(new TableSpec("app-my-notes", new KeyAttribute("id", "S"), Optional.empty()));
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
    Manifest manifest = read("{'buckets': {'B': ''}, 'tables': {'T': {'sortKey': 's:N'}}}");
    byte[] written = Json.bytes(ManifestReader.members(manifest));
    assertThat(ManifestReader.read(written, "")).isEqualTo(manifest);
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
