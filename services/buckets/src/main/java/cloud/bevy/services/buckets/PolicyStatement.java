package cloud.bevy.services.buckets;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A statement of a [Policy]: to whom, what, and about which resources it applies, and when.
///
/// @param allows whether it allows or forbids
public record PolicyStatement(
    boolean allows,
    Names<PolicyPrincipal> principals,
    Names<String> actions,
    Names<String> resources,
    List<PolicyCondition> conditions) {
  /// Copies the list.
  public PolicyStatement {
    conditions = List.copyOf(conditions);
  }

  /// Those that are named, or all others.
  ///
  /// @param not whether all others are meant
  public record Names<T>(boolean not, List<T> named) {
    /// Copies the list.
    public Names {
      named = List.copyOf(named);
    }
  }

  boolean applies(AccessRequest request, boolean variables) {
    return isFor(request)
        && hasAction(request.action())
        && hasResource(request, variables)
        && conditions.stream().allMatch(each -> each.holds(request.context(), variables));
  }

  /// Whether it allows something to people who are not known.
  boolean isPublic() {
    boolean everybody =
        principals.not() || principals.named().stream().anyMatch(PolicyPrincipal::isEverybody);
    return allows && everybody && conditions.stream().noneMatch(PolicyCondition::saysWho);
  }

  private boolean isFor(AccessRequest request) {
    return principals.named().stream().anyMatch(each -> each.is(request.who())) != principals.not();
  }

  private boolean hasAction(String action) {
    String name = action.toLowerCase(Locale.ROOT);
    boolean named = actions.named().stream().anyMatch(each -> Wildcard.matches(each, name));
    return named != actions.not();
  }

  private boolean hasResource(AccessRequest request, boolean variables) {
    String resource = request.resource();
    Map<String, List<String>> context = variables ? request.context() : Map.of();
    boolean named =
        resources.named().stream()
            .map(each -> PolicyVariables.expand(each, context))
            .anyMatch(each -> Wildcard.matches(each, resource));
    return named != resources.not();
  }
}
