package cloud.bevy.testing.oracles;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/// What can be asked of Java code by looking at its shape: sizes, names, and words for people. A
/// method that must be an exception says so with `@SuppressWarnings("tidy")` and why in a comment.
final class JavaRules extends TreePathScanner<Void, Void> {
  static final int FILE_LINES = 500;
  static final int METHOD_LINES = 70;
  static final int COLUMNS = 100;
  static final int PARAMETERS = 4;

  private static final Pattern EMPTY_NAME =
      Pattern.compile("Abstract[A-Z].*|.*(Impl|Managers?|Utils?|Utilities|Helpers?)");

  private final JavaSource source;
  private final List<Violation> violations = new ArrayList<>();

  private JavaRules(JavaSource source) {
    this.source = source;
  }

  static List<Violation> check(JavaSource source) {
    JavaRules rules = new JavaRules(source);
    rules.checkLines();
    rules.scan(source.unit(), null);
    return rules.violations;
  }

  private void checkLines() {
    List<String> lines = source.text().lines().toList();
    if (lines.size() >= FILE_LINES) {
      report(0, "has " + lines.size() + " lines; a file has fewer than " + FILE_LINES);
    }
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int columns = line.codePointCount(0, line.length());
      if (columns > COLUMNS && !line.startsWith("import ")) {
        report(i + 1, "has " + columns + " columns; a line has at most " + COLUMNS);
      }
    }
  }

  @Override
  public Void visitClass(ClassTree type, Void none) {
    String name = type.getSimpleName().toString();
    if (EMPTY_NAME.matcher(name).matches()) {
      report(type, "the name " + name + " does not say what it is");
    }
    if (!source.isTest() && isPublic(getCurrentPath()) && !isKindInside(getCurrentPath())) {
      if (!source.documented(type)) {
        report(type, "public type " + name + " has no /// comment");
      }
    }
    return super.visitClass(type, none);
  }

  @Override
  public Void visitMethod(MethodTree method, Void none) {
    if (!isException(method)) {
      checkLength(method);
      checkParameters(method);
    }
    checkDocumented(method);
    if (has(method.getModifiers(), Modifier.SYNCHRONIZED)) {
      report(method, method.getName() + " is synchronized: take a ReentrantLock");
    }
    return super.visitMethod(method, none);
  }

  private void checkLength(MethodTree method) {
    long lines = source.endLine(method) - source.startLine(method) + 1;
    if (lines >= METHOD_LINES) {
      String what = " lines; a method has fewer than " + METHOD_LINES;
      report(method, method.getName() + " has " + lines + what);
    }
  }

  private void checkParameters(MethodTree method) {
    int count = method.getParameters().size();
    if (count > PARAMETERS && mayChangeSignature(method)) {
      report(
          method,
          method.getName() + " has " + count + " parameters; a method has at most " + PARAMETERS);
    }
  }

  private void checkDocumented(MethodTree method) {
    boolean owed = !source.isTest() && isPublic(getCurrentPath()) && mayChangeSignature(method);
    if (owed && !source.documented(method)) {
      report(method, "public method " + method.getName() + " has no /// comment");
    }
  }

  @Override
  public Void visitVariable(VariableTree variable, Void none) {
    boolean field = getCurrentPath().getParentPath().getLeaf() instanceof ClassTree;
    boolean changes = !has(variable.getModifiers(), Modifier.FINAL);
    if (field && changes && has(variable.getModifiers(), Modifier.STATIC)) {
      report(variable, "static field " + variable.getName() + " can change");
    }
    return super.visitVariable(variable, none);
  }

  @Override
  public Void visitSynchronized(SynchronizedTree block, Void none) {
    report(block, "synchronized block: take a ReentrantLock");
    return super.visitSynchronized(block, none);
  }

  /// Whether a declaration can be seen from outside the module, as far as its file tells.
  private static boolean isPublic(TreePath path) {
    ModifiersTree modifiers =
        switch (path.getLeaf()) {
          case ClassTree type -> type.getModifiers();
          case MethodTree method -> method.getModifiers();
          default -> null;
        };
    if (modifiers == null) {
      return path.getLeaf().getKind() == Tree.Kind.COMPILATION_UNIT;
    }
    TreePath around = path.getParentPath();
    boolean implied = isInterface(around.getLeaf()) && !has(modifiers, Modifier.PRIVATE);
    return (implied || has(modifiers, Modifier.PUBLIC)) && isPublic(around);
  }

  /// A kind of a sealed interface, declared inside it, is told by its name and the interface.
  private static boolean isKindInside(TreePath path) {
    return isInterface(path.getParentPath().getLeaf());
  }

  private static boolean isInterface(Tree tree) {
    return tree.getKind() == Tree.Kind.INTERFACE || tree.getKind() == Tree.Kind.ANNOTATION_TYPE;
  }

  /// A constructor is told by its type, and an override by what it overrides.
  private static boolean mayChangeSignature(MethodTree method) {
    return method.getReturnType() != null && annotations(method, "Override").findAny().isEmpty();
  }

  private static boolean isException(MethodTree method) {
    return annotations(method, "SuppressWarnings")
        .anyMatch(annotation -> annotation.getArguments().toString().contains("\"tidy\""));
  }

  private static Stream<? extends AnnotationTree> annotations(MethodTree method, String type) {
    return method.getModifiers().getAnnotations().stream()
        .filter(annotation -> annotation.getAnnotationType().toString().equals(type));
  }

  private static boolean has(ModifiersTree modifiers, Modifier modifier) {
    Set<Modifier> flags = modifiers.getFlags();
    return flags.contains(modifier);
  }

  private void report(Tree tree, String what) {
    report(source.startLine(tree), what);
  }

  private void report(long line, String what) {
    violations.add(new Violation(source.path(), line, what));
  }
}
