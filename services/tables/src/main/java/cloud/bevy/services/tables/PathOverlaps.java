package cloud.bevy.services.tables;

import cloud.bevy.services.tables.ExpressionProblems.Problem;
import java.util.ArrayList;
import java.util.List;

/// The paths of one expression, of which none may be another or lead into another.
final class PathOverlaps {
  private final ExpressionProblems problems;
  private final List<DocumentPath> paths = new ArrayList<>();

  PathOverlaps(ExpressionProblems problems) {
    this.problems = problems;
  }

  /// Adds a path, and notes a problem if it does not go with those before it.
  void add(DocumentPath path) {
    for (DocumentPath other : paths) {
      if (other.attribute().equals(path.attribute())) {
        compare(other, path);
      }
    }
    paths.add(path);
  }

  private void compare(DocumentPath first, DocumentPath second) {
    int shared = Math.min(first.steps().size(), second.steps().size());
    for (int at = 0; at < shared; at++) {
      DocumentPath.Step one = first.steps().get(at);
      DocumentPath.Step other = second.steps().get(at);
      if (one.getClass() != other.getClass()) {
        note(Problem.PATHS_CONFLICT, "conflict", first, second);
        return;
      }
      if (!one.equals(other)) {
        return;
      }
    }
    note(Problem.PATHS_OVERLAP, "overlap", first, second);
  }

  private void note(Problem problem, String verb, DocumentPath first, DocumentPath second) {
    problems.note(
        problem,
        "Two document paths %s with each other; must remove or rewrite one of these paths; path"
            .concat(" one: %s, path two: %s")
            .formatted(verb, first, second));
  }
}
