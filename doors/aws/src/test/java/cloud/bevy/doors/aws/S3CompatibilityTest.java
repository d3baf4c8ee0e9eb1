package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An operation's sentences are the tests of the class that has its name and `Test` behind it.
class S3CompatibilityTest {
  private static final CompatibilityPage PAGE =
      new CompatibilityPage(
          "S3",
          "Made from the tests in `doors/aws`: each sentence is one that is checked with the AWS"
              + " SDK for Java. Everything else is answered with an error that says so.",
          S3Routes.ALL.stream().map(S3Route::operation).sorted().toList(),
          operation ->
              CompatibilityPage.tests(operation + "Test").stream()
                  .map(CompatibilityPage::sentence)
                  .toList());

  @Test
  void thePageSaysWhatTheTestsSay() throws IOException {
    String how = PAGE.rewrite(S3CompatibilityTest.class);
    assertThat(PAGE.path()).as(how).hasContent(PAGE.text());
  }

  @Test
  void eachOperationThatIsCarriedOutIsTested() {
    assertThat(PAGE.tested())
        .containsExactlyElementsOf(
            new S3Router(new TestFunctions()).implemented().stream().sorted().toList());
  }

  @Test
  void aSentenceIsATestsNameInWords() {
    assertThat(CompatibilityPage.sentence("whatAQuietCallerGets"))
        .isEqualTo("what a quiet caller gets");
    assertThat(List.of(CompatibilityPage.sentence("moreThanAThousandObjectsAreRefused")))
        .containsExactly("more than a thousand objects are refused");
  }
}
