package cloud.bevy.testing.oracles;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who may know whom, and where things are.
final class HouseRules {
  private static final Pattern DEPENDENCY =
      Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>bevy-(\\w+)-(\\w+)<");

  private final ModuleFolder folder;
  private final List<Violation> violations = new ArrayList<>();

  private HouseRules(ModuleFolder folder) {
    this.folder = folder;
  }

  static List<Violation> check(ModuleFolder folder) {
    HouseRules rules = new HouseRules(folder);
    rules.checkPlace();
    rules.checkDescriptor();
    rules.checkPackages();
    rules.checkPom();
    return rules.violations;
  }

  private void checkPlace() {
    if (!House.knows(folder.folder())) {
      report("", "has no place in the house: see the list of floors in docs/architecture.md");
    }
  }

  private void checkDescriptor() {
    String expected = House.module(folder.folder());
    ModuleFolder.Descriptor descriptor = folder.descriptor();
    if (descriptor == ModuleFolder.Descriptor.NONE) {
      if (hasMainCode()) {
        report("src/main/java", "has no module-info.java");
      }
      return;
    }
    String file = "src/main/java/module-info.java";
    if (!descriptor.name().equals(expected)) {
      report(file, "names the module " + descriptor.name() + ", not " + expected);
    }
    for (String exported : descriptor.exports()) {
      if (!exported.equals(expected)) {
        report(file, "exports " + exported + "; a module has one package, " + expected);
      }
    }
    for (String required : descriptor.requires()) {
      checkRequired(file, required);
    }
  }

  private void checkRequired(String file, String required) {
    if (House.isOurs(required) && !House.mayRequire(folder.folder(), required)) {
      report(file, "requires " + required + ", which is not below it, nor to its right");
    }
  }

  private void checkPackages() {
    String flat = House.module(folder.folder()).replace('.', '/') + "/";
    for (String path : folder.files()) {
      for (String sources : List.of("/src/main/java/", "/src/test/java/")) {
        String start = folder.folder() + sources;
        if (path.startsWith(start) && path.endsWith(".java")) {
          checkFlat(path, path.substring(start.length()), flat);
        }
      }
    }
  }

  private void checkFlat(String path, String inSources, String flat) {
    boolean descriptor = inSources.equals("module-info.java");
    boolean inPlace = inSources.startsWith(flat) && inSources.indexOf('/', flat.length()) < 0;
    if (!descriptor && !inPlace) {
      violations.add(new Violation(path, 0, "is not in the module's one package, " + flat));
    }
  }

  private void checkPom() {
    String artifact = "bevy-" + folder.folder().replace('/', '-');
    if (!folder.pom().contains("<artifactId>" + artifact + "</artifactId>")) {
      report("pom.xml", "is not the artifact " + artifact);
    }
    Matcher dependencies = DEPENDENCY.matcher(folder.pom());
    while (dependencies.find()) {
      String dependency = dependencies.group(1);
      Matcher ours = ARTIFACT.matcher(dependency);
      if (ours.find() && !dependency.contains("<scope>test</scope>")) {
        checkRequired("pom.xml", House.module(ours.group(1) + "/" + ours.group(2)));
      }
    }
  }

  private boolean hasMainCode() {
    String start = folder.folder() + "/src/main/java/";
    return folder.files().stream().anyMatch(path -> path.startsWith(start));
  }

  private void report(String file, String what) {
    String path = file.isEmpty() ? folder.folder() : folder.folder() + "/" + file;
    violations.add(new Violation(path, 0, what));
  }
}
