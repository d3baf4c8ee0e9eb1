package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class S3CompatibilityTest {
  private static final List<String> OPERATIONS =
      S3Routes.ALL.stream().map(S3Route::operation).sorted().toList();
  private static final CompatibilityPage PAGE = new CompatibilityPage("S3", "s3.md", OPERATIONS);

  @Test
  void thePageSaysWhatTheTestsSay() throws IOException {
    if (Boolean.getBoolean("bevy.rewrite")) {
      Files.createDirectories(PAGE.path().getParent());
      Files.writeString(PAGE.path(), PAGE.text());
    }
    assertThat(PAGE.path())
        .as(
            "write it anew: mvn -pl doors/aws -am test -Dtest=S3CompatibilityTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dbevy.rewrite=true")
        .hasContent(PAGE.text());
  }

  @Test
  void eachOperationThatIsCarriedOutIsTested() {
    assertThat(PAGE.tested())
        .containsExactlyElementsOf(S3Router.implemented().stream().sorted().toList());
  }
}
