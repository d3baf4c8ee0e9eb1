import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Attributes.Name;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/// Makes jars fit for quick starts. Java's start cache keeps neither the classes of a signed jar
/// (whose check takes a sixth of a second at each start; Maven has checked what it downloaded) nor
/// those without stack maps, which were compiled for Java 5; and whole manifests are read at each
/// start. What the classes do stays the same.
///
/// Usage: `java Prepare.java JAR…`
final class Prepare {
  private static final int OLDEST_WITH_STACK_MAPS = ClassFile.JAVA_7_VERSION;

  private final FileSystem jar;

  private Prepare(FileSystem jar) {
    this.jar = jar;
  }

  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      try (FileSystem archive = FileSystems.newFileSystem(Path.of(jar))) {
        Prepare preparation = new Prepare(archive);
        preparation.unsign();
        preparation.shortenManifest();
        preparation.addStackMaps();
      }
    }
  }

  private void unsign() throws IOException {
    Path folder = jar.getPath("META-INF");
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Prepare::isSignature).toList()) {
        Files.delete(file);
      }
    }
  }

  /// Keeps of the manifest what the class loader heeds: the digests of a signed jar are a megabyte.
  private void shortenManifest() throws IOException {
    Path file = jar.getPath("META-INF", "MANIFEST.MF");
    if (!Files.exists(file)) {
      return;
    }
    Attributes kept = new Attributes();
    try (InputStream in = Files.newInputStream(file)) {
      kept.putAll(new Manifest(in).getMainAttributes());
    }
    kept.keySet().retainAll(List.of(Name.MANIFEST_VERSION, Name.MULTI_RELEASE));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().putAll(kept);
    try (OutputStream out = Files.newOutputStream(file)) {
      manifest.write(out);
    }
  }

  private static boolean isSignature(Path file) {
    return file.toString().matches(".*\\.(SF|RSA|DSA|EC)");
  }

  private void addStackMaps() throws IOException {
    ClassHierarchyResolver hierarchy =
        ClassHierarchyResolver.ofResourceParsing(this::open)
            .orElse(ClassHierarchyResolver.defaultResolver());
    ClassFile format =
        ClassFile.of(
            ClassHierarchyResolverOption.of(hierarchy), StackMapsOption.STACK_MAPS_WHEN_REQUIRED);
    for (Path file : classes()) {
      ClassModel model = format.parse(Files.readAllBytes(file));
      if (model.majorVersion() < OLDEST_WITH_STACK_MAPS) {
        Files.write(file, format.transformClass(model, atVersion(OLDEST_WITH_STACK_MAPS)));
      }
    }
  }

  private List<Path> classes() throws IOException {
    try (Stream<Path> files = Files.walk(jar.getPath("/"))) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }

  /// Writes the code anew, for stack maps are made only then.
  private static ClassTransform atVersion(int major) {
    return ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
        .andThen(ClassTransform.dropping(ClassFileVersion.class::isInstance))
        .andThen(ClassTransform.endHandler(built -> built.withVersion(major, 0)));
  }

  private InputStream open(ClassDesc type) {
    String name = type.descriptorString();
    Path file = jar.getPath(name.substring(1, name.length() - 1) + ".class");
    try {
      return Files.exists(file) ? Files.newInputStream(file) : null;
    } catch (IOException failure) {
      throw new IllegalStateException("cannot read " + file, failure);
    }
  }
}
