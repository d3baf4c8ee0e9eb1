package cloud.bevy.testing.oracles;

import com.sun.source.tree.ExportsTree;
import com.sun.source.tree.ModuleTree;
import com.sun.source.tree.OpensTree;
import com.sun.source.tree.RequiresTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A folder of the build: the files in it and, if it has one, what its module descriptor says.
record ModuleFolder(String folder, List<String> files, String pom, Descriptor descriptor) {
  /// What a module descriptor says; all empty where there is none.
  record Descriptor(String name, List<String> requires, List<String> exports) {
    static final Descriptor NONE = new Descriptor("", List.of(), List.of());
  }

  /// All folders two levels below the root that have a pom.
  static List<ModuleFolder> in(List<Repository.TextFile> files) throws IOException {
    Map<String, List<Repository.TextFile>> byFolder = new TreeMap<>();
    for (Repository.TextFile file : files) {
      String[] names = file.path().split("/", 3);
      if (names.length == 3) {
        String folder = names[0] + "/" + names[1];
        byFolder.computeIfAbsent(folder, _ -> new ArrayList<>()).add(file);
      }
    }
    List<ModuleFolder> folders = new ArrayList<>();
    for (var entry : byFolder.entrySet()) {
      Map<String, String> texts = new HashMap<>();
      entry.getValue().forEach(file -> texts.put(file.path(), file.text()));
      String pom = texts.get(entry.getKey() + "/pom.xml");
      if (pom != null) {
        folders.add(of(entry.getKey(), pom, entry.getValue()));
      }
    }
    return folders;
  }

  private static ModuleFolder of(String folder, String pom, List<Repository.TextFile> files)
      throws IOException {
    Descriptor descriptor = Descriptor.NONE;
    for (Repository.TextFile file : files) {
      if (file.path().equals(folder + "/src/main/java/module-info.java")) {
        descriptor = read(file);
      }
    }
    List<String> paths = files.stream().map(Repository.TextFile::path).sorted().toList();
    return new ModuleFolder(folder, paths, pom, descriptor);
  }

  static Descriptor read(Repository.TextFile file) throws IOException {
    ModuleTree module = JavaSource.parse(List.of(file)).getFirst().unit().getModule();
    List<String> requires = new ArrayList<>();
    List<String> exports = new ArrayList<>();
    module
        .getDirectives()
        .forEach(directive -> {
          switch (directive) {
            case RequiresTree required -> requires.add(required.getModuleName().toString());
            case ExportsTree exported -> exports.add(exported.getPackageName().toString());
            case OpensTree opened -> exports.add(opened.getPackageName().toString());
            default -> {}
          }
        });
    return new Descriptor(module.getName().toString(), requires, exports);
  }
}
