package cloud.bevy.testing.oracles;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// A parsed Java file.
record JavaSource(String path, String text, CompilationUnitTree unit, Trees trees) {
  static List<JavaSource> parse(List<Repository.TextFile> files) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Source> sources = new ArrayList<>();
    Map<URI, Repository.TextFile> byUri = new HashMap<>();
    for (Repository.TextFile file : files) {
      if (file.path().endsWith(".java")) {
        Source source = new Source(file);
        sources.add(source);
        byUri.put(source.toUri(), file);
      }
    }
    if (sources.isEmpty()) {
      return List.of();
    }
    JavacTask task =
        (JavacTask) compiler.getTask(null, null, error -> {}, List.of(), null, sources);
    Trees trees = Trees.instance(task);
    List<JavaSource> parsed = new ArrayList<>();
    for (CompilationUnitTree unit : task.parse()) {
      Repository.TextFile file = byUri.get(unit.getSourceFile().toUri());
      parsed.add(new JavaSource(file.path(), file.text(), unit, trees));
    }
    return parsed;
  }

  boolean isTest() {
    return path.contains("src/test/");
  }

  long start(Tree tree) {
    return trees.getSourcePositions().getStartPosition(unit, tree);
  }

  long startLine(Tree tree) {
    return unit.getLineMap().getLineNumber(start(tree));
  }

  long endLine(Tree tree) {
    long end = trees.getSourcePositions().getEndPosition(unit, tree);
    return unit.getLineMap().getLineNumber(end);
  }

  /// Whether the line before a declaration is a Markdown comment.
  boolean documented(Tree declaration) {
    String before = text.substring(0, (int) start(declaration)).stripTrailing();
    return before.substring(before.lastIndexOf('\n') + 1).strip().startsWith("///");
  }

  private static final class Source extends SimpleJavaFileObject {
    private final Repository.TextFile file;

    Source(Repository.TextFile file) {
      super(URI.create("source:///" + file.path()), JavaFileObject.Kind.SOURCE);
      this.file = file;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return file.text();
    }
  }
}
