package cloud.bevy.testing.oracles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The code keeps the shape that docs and style ask for, and the check sees where it does not.
final class TidyTest {
  @Test
  void everyFileKeepsTheRules() throws IOException {
    List<Repository.TextFile> files = Repository.ofThisBuild().textFiles();
    List<Violation> violations = new ArrayList<>();
    for (Repository.TextFile file : files) {
      violations.addAll(TextRules.check(file));
    }
    for (JavaSource source : JavaSource.parse(files)) {
      violations.addAll(JavaRules.check(source));
    }
    assertThat(files).hasSizeGreaterThan(50);
    assertThat(violations).withFailMessage(() -> Violation.report(violations)).isEmpty();
  }

  @Test
  void aLongFileIsSeen() throws IOException {
    String most = "// line\n".repeat(JavaRules.FILE_LINES - 1);
    assertThat(java(most)).isEmpty();
    assertThat(java(most + "// one more\n")).hasSize(1);
  }

  @Test
  void aLongLineIsSeen() throws IOException {
    String most = "//" + "x".repeat(JavaRules.COLUMNS - 2);
    assertThat(java(most)).isEmpty();
    assertThat(java(most + "x")).hasSize(1);
  }

  @Test
  void aLongMethodIsSeen() throws IOException {
    String most = "class A { void a() {\n" + "// line\n".repeat(JavaRules.METHOD_LINES - 4);
    assertThat(java(most + "\n} }")).isEmpty();
    assertThat(java(most + "\n\n} }")).hasSize(1);
  }

  @Test
  void aFifthParameterIsSeenInAMethodOnly() throws IOException {
    assertThat(java("class A { void a(int b, int c, int d, int e) {} }")).isEmpty();
    assertThat(java("class A { void a(int b, int c, int d, int e, int f) {} }")).hasSize(1);
    assertThat(java("class A { A(int b, int c, int d, int e, int f) {} }")).isEmpty();
    assertThat(java("record A(int b, int c, int d, int e, int f) {}")).isEmpty();
  }

  @Test
  void anExceptionThatIsDeclaredIsNotReported() throws IOException {
    String method = "void a(int b, int c, int d, int e, int f) {} }";
    assertThat(java("class A { @SuppressWarnings(\"tidy\") " + method)).isEmpty();
    assertThat(java("class A { @SuppressWarnings(\"other\") " + method)).hasSize(1);
  }

  @Test
  void aPublicTypeOrMethodWithoutWordsIsSeen() throws IOException {
    assertThat(java("public final class A {}")).hasSize(1);
    assertThat(java("/** Old. */\npublic final class A {}")).hasSize(1);
    assertThat(java("/// A.\npublic final class A { public void a() {} }")).hasSize(1);
    assertThat(java("/// A.\npublic interface A { void a(); }")).hasSize(1);
    assertThat(java("/// A.\npublic interface A {\n  /// Does.\n  void a();\n}")).isEmpty();
    assertThat(java("/// A.\npublic class A { @Override public void a() {} }")).isEmpty();
    assertThat(java("class A { public void a() {} }")).isEmpty();
    assertThat(java("/// A.\npublic interface A { record B() implements A {} }")).isEmpty();
  }

  @Test
  void anEmptyNameIsSeen() throws IOException {
    assertThat(java("class StoreManager {}")).hasSize(1);
    assertThat(java("class AbstractStore {}")).hasSize(1);
    assertThat(java("class Abstraction {}")).isEmpty();
  }

  @Test
  void monitorsAndChangingStaticFieldsAreSeen() throws IOException {
    assertThat(java("class A { synchronized void a() {} }")).hasSize(1);
    assertThat(java("class A { void a() { synchronized (this) {} } }")).hasSize(1);
    assertThat(java("class A { static int a; }")).hasSize(1);
    assertThat(java("class A { static final int A = 1; }")).isEmpty();
  }

  @Test
  void whatIsLeftForLaterIsSeen() {
    assertThat(text("// TO" + "DO: more")).hasSize(1);
    assertThat(text("// FIX" + "ME")).hasSize(1);
    assertThat(text("mastodon")).isEmpty();
  }

  @Test
  void aDownloadHostIsSeen() {
    assertThat(text("<url>https://repo" + ".maven.apache.org/maven2</url>")).hasSize(1);
    assertThat(text("\"resolved\": \"https://registry" + ".npmjs.org/x\"")).hasSize(1);
    assertThat(text("http://maven.apache.org/POM/4.0.0")).isEmpty();
  }

  private static List<Violation> java(String text) throws IOException {
    String path = "foundation/a/src/main/java/A.java";
    List<Violation> violations = new ArrayList<>();
    for (JavaSource source : JavaSource.parse(List.of(new Repository.TextFile(path, text)))) {
      violations.addAll(JavaRules.check(source));
    }
    return violations;
  }

  private static List<Violation> text(String text) {
    return TextRules.check(new Repository.TextFile("README.md", text));
  }
}
