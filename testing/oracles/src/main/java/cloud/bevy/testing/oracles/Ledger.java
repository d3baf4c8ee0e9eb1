package cloud.bevy.testing.oracles;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one client wrote: for each key what was acknowledged last, and what was sent since without
/// an answer, which may or may not have been done. One client owns a key, so that its writes are in
/// order. A value is a number that stands for the content; null is the absence of the key.
public final class Ledger {
  private final Map<String, Account> accounts = new TreeMap<>();

  /// A ledger with nothing in it.
  public Ledger() {}

  /// What is known of a key.
  private static final class Account {
    private @Nullable Long acknowledged;
    private final List<@Nullable Long> unanswered = new ArrayList<>();
  }

  /// Before a write is sent.
  public void attempt(String key, @Nullable Long value) {
    account(key).unanswered.add(value);
  }

  /// After a write was acknowledged.
  public void acknowledge(String key, @Nullable Long value) {
    Account account = account(key);
    account.acknowledged = value;
    account.unanswered.clear();
  }

  /// Settles what a read after a restart has found.
  ///
  /// @throws AssertionError if that can not be
  public void settle(String key, @Nullable Long found) {
    Account account = account(key);
    boolean possible =
        Objects.equals(found, account.acknowledged) || account.unanswered.contains(found);
    if (!possible) {
      throw new AssertionError(
          "%s has value %s: acknowledged was %s, unanswered %s"
              .formatted(key, found, account.acknowledged, account.unanswered));
    }
    acknowledge(key, found);
  }

  /// What was acknowledged or settled last.
  public @Nullable Long acknowledged(String key) {
    return account(key).acknowledged;
  }

  /// Whether a key must be there, if nothing about it is open.
  public boolean present(String key) {
    return acknowledged(key) != null;
  }

  /// The keys that were ever written, in order.
  public List<String> keys() {
    return List.copyOf(accounts.keySet());
  }

  private Account account(String key) {
    return accounts.computeIfAbsent(key, any -> new Account());
  }
}
