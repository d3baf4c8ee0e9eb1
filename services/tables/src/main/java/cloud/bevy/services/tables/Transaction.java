package cloud.bevy.services.tables;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.hyper.store.Ticket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A transaction on its way. It has the turns of all its tables, taken in one order so that no two
/// wait for each other, from its decision until all is appended.
///
/// What goes to one table is one batch. What goes to several is written down in the catalogue
/// first, durably, with the version that each table has: whoever finds that later does what is
/// missing. So all of it happens, whenever the machine stops.
final class Transaction {
  private final Cloud cloud;
  private final Intents intents;
  private final List<TransactAction> actions;
  private final NavigableMap<String, ItemBatch> turns = new TreeMap<>();
  private final Map<String, Table> tables = new HashMap<>();

  Transaction(Cloud cloud, Intents intents, List<TransactAction> actions) {
    this.cloud = cloud;
    this.intents = intents;
    this.actions = actions;
    for (TransactAction action : actions) {
      tables.put(incarnation(action), action.table());
    }
  }

  private static String incarnation(TransactAction action) {
    return action.table().description().incarnation();
  }

  /// @param token what says that two requests are one; null if nothing does
  /// @throws InvalidRequest if two actions are about one item
  TransactOutcome run(@Nullable String token) {
    checkDistinct();
    try {
      for (String incarnation : new TreeMap<>(tables).keySet()) {
        turns.put(incarnation, table(incarnation).turn());
      }
      TransactOutcome known = token == null ? null : known(token);
      return known == null ? decide(token) : known;
    } finally {
      turns.values().forEach(ItemBatch::close);
    }
  }

  private Table table(String incarnation) {
    Table table = tables.get(incarnation);
    if (table == null) {
      throw new IllegalStateException("a turn of a table that no action is about");
    }
    return table;
  }

  private ItemBatch turn(TransactAction action) {
    ItemBatch turn = turns.get(incarnation(action));
    if (turn == null) {
      throw new IllegalStateException("an action without a turn");
    }
    return turn;
  }

  private void checkDistinct() {
    Set<Object> seen = new HashSet<>();
    for (TransactAction action : actions) {
      try {
        if (!seen.add(List.of(incarnation(action), action.key()))) {
          throw new InvalidRequest(
              "Transaction request cannot include multiple operations on one item");
        }
      } catch (InvalidRequest invalid) {
        if (invalid.getMessage().startsWith("Transaction")) {
          throw invalid;
        }
      }
    }
  }

  private @Nullable TransactOutcome known(String token) {
    byte[] print = fingerprint();
    Tokens.Match match =
        new Tokens(turns.firstEntry().getValue(), cloud.world().time().now()).find(token, print);
    return switch (match) {
      case NEW -> null;
      case SAME -> {
        settle();
        yield new TransactOutcome.Done(List.of());
      }
      case OTHER -> {
        settle();
        yield new TransactOutcome.OtherRequest();
      }
    };
  }

  /// What the actions are, so that a repetition is told from another request.
  private byte[] fingerprint() {
    StringBuilder text = new StringBuilder();
    for (TransactAction action : actions) {
      text.append(incarnation(action));
      switch (action) {
        case TransactAction.Put put -> text.append(put.item());
        case TransactAction.Change change -> text.append(change.key()).append(change.update());
        case TransactAction.Delete delete -> text.append("delete").append(delete.key());
        case TransactAction.Check check -> text.append("check").append(check.key());
      }
      text.append(action.condition());
    }
    return Tokens.digest(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private TransactOutcome decide(@Nullable String token) {
    List<WriteOutcome.Written> written = new ArrayList<>();
    List<TransactOutcome.Reason> reasons = new ArrayList<>();
    boolean invalid = false;
    for (TransactAction action : actions) {
      TransactOutcome.Reason reason =
          invalid ? TransactOutcome.Reason.NONE : reason(action, written);
      reasons.add(reason);
      invalid = invalid || reason.code() == TransactOutcome.Reason.Code.INVALID;
    }
    if (reasons.stream().anyMatch(reason -> reason.code() != TransactOutcome.Reason.Code.NONE)) {
      settle();
      return new TransactOutcome.Cancelled(reasons);
    }
    String intent = turns.size() > 1 ? intents.write(intent(written)) : null;
    boolean stored = false;
    try {
      store(written, token);
      stored = true;
    } finally {
      if (intent != null && !stored) {
        intents.forget(intent);
      }
    }
    commit(intent);
    return new TransactOutcome.Done(written);
  }

  private void store(List<WriteOutcome.Written> written, @Nullable String token) {
    for (int at = 0; at < actions.size(); at++) {
      TransactAction action = actions.get(at);
      if (!(action instanceof TransactAction.Check)) {
        WriteOutcome.Written write = written.get(at);
        turn(action).store(KeyCodec.encode(action.key()), write.before(), write.after());
      }
    }
    if (token != null) {
      turns
          .values()
          .forEach(
              turn -> new Tokens(turn, cloud.world().time().now()).remember(token, fingerprint()));
    }
  }

  private TransactOutcome.Reason reason(TransactAction action, List<WriteOutcome.Written> written) {
    try {
      StoredItem before = turn(action).find(KeyCodec.encode(action.key()));
      if (!Table.holds(action.condition(), before)) {
        return new TransactOutcome.Reason(
            TransactOutcome.Reason.Code.CONDITION, "The conditional request failed", before);
      }
      StoredItem after = action.after(before);
      turn(action).check(after);
      written.add(new WriteOutcome.Written(before, after));
      return TransactOutcome.Reason.NONE;
    } catch (InvalidRequest invalid) {
      return TransactOutcome.Reason.invalid(invalid);
    }
  }

  private List<Intent> intent(List<WriteOutcome.Written> written) {
    List<Intent> all = new ArrayList<>();
    turns.forEach((incarnation, turn) -> {
      List<Intent.Write> writes = new ArrayList<>();
      for (int at = 0; at < actions.size(); at++) {
        TransactAction action = actions.get(at);
        if (incarnation(action).equals(incarnation) && !(action instanceof TransactAction.Check)) {
          StoredItem after = written.get(at).after();
          writes.add(
              new Intent.Write(KeyCodec.encode(action.key()), after == null ? null : after.json()));
        }
      }
      all.add(new Intent(turn.table().name(), incarnation, turn.version(), writes));
    });
    return all;
  }

  /// Ends all turns and waits until what was stored in them may be told of.
  private void commit(@Nullable String intent) {
    List<Runnable> waits = new ArrayList<>();
    turns.forEach((incarnation, turn) -> {
      Table table = table(incarnation);
      Instant expiry = turn.expiry();
      Ticket ticket = turn.commit();
      waits.add(() -> table.durable(ticket, expiry));
    });
    waits.forEach(Runnable::run);
    if (intent != null) {
      intents.forget(intent);
    }
  }

  /// Ends all turns, in which nothing was stored, and waits until what they have seen is durable.
  private void settle() {
    commit(null);
  }
}
