package cloud.bevy.testing.oracles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every module stands on its floor and knows only what it may, and the check sees where not.
final class HouseTest {
  private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");

  @Test
  void everyModuleKeepsToItsFloor() throws IOException {
    List<Violation> violations = new ArrayList<>();
    List<ModuleFolder> folders = ModuleFolder.in(Repository.ofThisBuild().textFiles());
    for (ModuleFolder folder : folders) {
      violations.addAll(HouseRules.check(folder));
    }
    assertThat(violations).withFailMessage(() -> Violation.report(violations)).isEmpty();
  }

  @Test
  void everyFolderWithAPomIsBuilt() throws IOException {
    List<Repository.TextFile> files = Repository.ofThisBuild().textFiles();
    String pom =
        files.stream().filter(file -> file.path().equals("pom.xml")).findFirst().get().text();
    List<String> built =
        MODULE
            .matcher(pom)
            .results()
            .map((MatchResult match) -> match.group(1))
            .filter(folder -> folder.contains("/")) // `bench` stands beside the house
            .toList();
    assertThat(ModuleFolder.in(files).stream().map(ModuleFolder::folder))
        .containsExactlyInAnyOrderElementsOf(built);
  }

  @Test
  void aLowerFloorMayNotKnowAHigherOne() throws IOException {
    assertThat(check("hyper/core", "module cloud.bevy.hyper.core { requires java.base; }"))
        .isEmpty();
    assertThat(requiring("hyper/core", "cloud.bevy.foundation.base")).isEmpty();
    assertThat(requiring("hyper/core", "cloud.bevy.cluster.cloud"))
        .containsExactly(
            "hyper/core/src/main/java/module-info.java: requires cloud.bevy.cluster.cloud, "
                + "which is not below it, nor to its right");
  }

  @Test
  void aModuleMayKnowThoseToItsRightOnly() throws IOException {
    assertThat(requiring("hyper/drive", "cloud.bevy.hyper.bee")).isEmpty();
    assertThat(requiring("hyper/bee", "cloud.bevy.hyper.drive")).hasSize(1);
    assertThat(requiring("hyper/bee", "cloud.bevy.hyper.bee")).hasSize(1);
  }

  @Test
  void servicesDoNotKnowEachOtherSearchAside() throws IOException {
    assertThat(requiring("services/functions", "cloud.bevy.services.tables")).hasSize(1);
    assertThat(requiring("services/search", "cloud.bevy.services.tables")).isEmpty();
  }

  @Test
  void nothingThatIsShippedKnowsTheTests() throws IOException {
    assertThat(requiring("product/cli", "cloud.bevy.testing.simulator")).hasSize(1);
    assertThat(requiring("testing/simulator", "cloud.bevy.foundation.base")).isEmpty();
  }

  @Test
  void aModuleIsNamedForItsFolderAndExportsOnePackage() throws IOException {
    assertThat(check("hyper/core", "module cloud.bevy.core {}")).hasSize(1);
    assertThat(check("hyper/core", "module cloud.bevy.hyper.core { exports cloud.bevy.other; }"))
        .hasSize(1);
    assertThat(check("hyper/kernel", "module cloud.bevy.hyper.kernel {}")).hasSize(1);
  }

  @Test
  void aSecondPackageIsSeen() throws IOException {
    String sources = "hyper/core/src/main/java/";
    String descriptor = "module cloud.bevy.hyper.core {}";
    assertThat(check("hyper/core", descriptor, sources + "cloud/bevy/hyper/core/Core.java"))
        .isEmpty();
    assertThat(check("hyper/core", descriptor, sources + "cloud/bevy/hyper/core/a/Core.java"))
        .hasSize(1);
  }

  @Test
  void aPomIsReadToo() throws IOException {
    String dependency = "<dependency><artifactId>bevy-cluster-cloud</artifactId>%s</dependency>";
    String descriptor = "module cloud.bevy.hyper.core {}";
    assertThat(checkPom(descriptor, dependency.formatted(""))).hasSize(1);
    assertThat(checkPom(descriptor, dependency.formatted("<scope>test</scope>"))).isEmpty();
  }

  private static List<String> requiring(String folder, String required) throws IOException {
    return check(
        folder, "module " + House.module(folder) + " { requires transitive " + required + "; }");
  }

  private static List<String> check(String folder, String descriptor, String... files)
      throws IOException {
    String pom = "<artifactId>bevy-" + folder.replace('/', '-') + "</artifactId>";
    return check(new ModuleFolder(folder, List.of(files), pom, read(folder, descriptor)));
  }

  private static List<String> checkPom(String descriptor, String dependencies) throws IOException {
    String folder = "hyper/core";
    String pom = "<artifactId>bevy-hyper-core</artifactId>" + dependencies;
    return check(new ModuleFolder(folder, List.of(), pom, read(folder, descriptor)));
  }

  private static ModuleFolder.Descriptor read(String folder, String descriptor) throws IOException {
    String path = folder + "/src/main/java/module-info.java";
    return ModuleFolder.read(new Repository.TextFile(path, descriptor));
  }

  private static List<String> check(ModuleFolder folder) {
    return HouseRules.check(folder).stream().map(Violation::toString).toList();
  }
}
