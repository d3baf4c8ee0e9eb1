package cloud.bevy.services.buckets;

import cloud.bevy.cluster.cloud.Account;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whom a [PolicyStatement] names.
///
/// @param text `*`, an account's id, or an ARN: `arn:aws:iam::ID:root`, `arn:aws:iam::ID:user/NAME`
public record PolicyPrincipal(String text) {
  private static final String EVERYBODY = "*";
  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:(?:iam|sts)::([^:]*):(root|[a-z-]+/.+)");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}|[0-9]{12}|[a-z0-9]{52}");
  private static final String USER = "user/";

  /// Whether a text can be a principal. One that nobody here is, is nobody.
  static boolean valid(String text) {
    return text.equals(EVERYBODY) || ARN.matcher(text).matches() || ID.matcher(text).matches();
  }

  boolean isEverybody() {
    return text.equals(EVERYBODY);
  }

  /// Whether that is who asks.
  ///
  /// @param who nobody where the request is not signed
  boolean is(Optional<Account> who) {
    return isEverybody() || who.filter(this::is).isPresent();
  }

  private boolean is(Account who) {
    if (text.equals(who.id())) {
      return true;
    }
    Matcher arn = ARN.matcher(text);
    if (!arn.matches()) {
      return false;
    }
    String id = arn.group(1);
    String name = arn.group(2);
    String path = name.substring(name.lastIndexOf('/') + 1);
    boolean user = name.startsWith(USER) && path.equals(who.user());
    return id.equals(who.id()) ? name.equals("root") || user : id.isEmpty() && user;
  }
}
