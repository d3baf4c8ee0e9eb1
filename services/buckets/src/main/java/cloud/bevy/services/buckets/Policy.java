package cloud.bevy.services.buckets;

import java.util.List;

/// A bucket policy: who may do what under which conditions, in the language of AWS's policies.
///
/// @param variables whether `${aws:username}` and the like stand for what they say
public record Policy(boolean variables, List<PolicyStatement> statements) {
  /// Copies the list.
  public Policy {
    statements = List.copyOf(statements);
  }

  /// What it says of a request: a statement that forbids it counts more than any that allows it.
  Effect effect(AccessRequest request) {
    Effect effect = Effect.NONE;
    for (PolicyStatement statement : statements) {
      boolean matters = !statement.allows() || effect == Effect.NONE;
      if (matters && statement.applies(request, variables)) {
        effect = statement.allows() ? Effect.ALLOW : Effect.DENY;
      }
      if (effect == Effect.DENY) {
        return effect;
      }
    }
    return effect;
  }

  /// Whether it lets in people who are not known ("The meaning of public" in the Amazon S3 User
  /// Guide): it allows everybody something, and no condition says who it may be.
  public boolean isPublic() {
    return statements.stream().anyMatch(PolicyStatement::isPublic);
  }
}
