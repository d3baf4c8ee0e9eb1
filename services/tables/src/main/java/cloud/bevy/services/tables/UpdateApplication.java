package cloud.bevy.services.tables;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Applies an update to an item. All values are computed from the item as it was; then all changes
/// are made, so that positions in lists are those of the item as it was, too.
final class UpdateApplication {
  private final String mismatch;
  private final Item before;
  private final Draft after;

  private UpdateApplication(Update update, Item before) {
    mismatch = update.mismatch();
    this.before = before;
    after = new Draft(before);
  }

  static Item apply(Update update, Item item) {
    UpdateApplication application = new UpdateApplication(update, item);
    Map<UpdateAction.Set, AttributeValue> values = new HashMap<>();
    for (UpdateAction action : update.actions()) {
      if (action instanceof UpdateAction.Set set) {
        values.put(set, application.value(set.value()));
      }
    }
    for (UpdateAction action : update.actions()) {
      application.change(action, values);
    }
    return application.after.item();
  }

  private void change(UpdateAction action, Map<UpdateAction.Set, AttributeValue> values) {
    DocumentPath path = action.path();
    AttributeValue found = path.in(before);
    switch (action) {
      case UpdateAction.Set set -> after.put(path, values.get(set));
      case UpdateAction.Remove _ -> after.remove(path);
      case UpdateAction.Add(DocumentPath _, AttributeValue value) ->
          after.put(path, found == null ? value : sum(found, value));
      case UpdateAction.Delete(DocumentPath _, AttributeValue value) ->
          after.put(path, found == null ? null : difference(found, value));
    }
  }

  private AttributeValue sum(AttributeValue found, AttributeValue added) {
    if (found instanceof AttributeValue.N(Decimal a)
        && added instanceof AttributeValue.N(Decimal b)) {
      return new AttributeValue.N(exact(() -> a.plus(b)));
    }
    if (found instanceof AttributeValue.SS(Collection<String> a)
        && added instanceof AttributeValue.SS(Collection<String> b)) {
      return new AttributeValue.SS(union(a, b));
    }
    if (found instanceof AttributeValue.NS(Collection<Decimal> a)
        && added instanceof AttributeValue.NS(Collection<Decimal> b)) {
      return new AttributeValue.NS(union(a, b));
    }
    if (found instanceof AttributeValue.BS(Collection<Binary> a)
        && added instanceof AttributeValue.BS(Collection<Binary> b)) {
      return new AttributeValue.BS(union(a, b));
    }
    if (found instanceof AttributeValue.L(List<AttributeValue> a)
        && added instanceof AttributeValue.L(List<AttributeValue> b)) {
      List<AttributeValue> joined = new ArrayList<>(a);
      joined.addAll(b);
      return new AttributeValue.L(joined);
    }
    throw incorrectType();
  }

  private static <T> SequencedSet<T> union(Collection<T> first, Collection<T> second) {
    SequencedSet<T> union = new LinkedHashSet<>(first);
    union.addAll(second);
    return union;
  }

  /// What is left of a set; null when that is nothing.
  private @Nullable AttributeValue difference(AttributeValue found, AttributeValue taken) {
    if (found instanceof AttributeValue.SS(Collection<String> a)
        && taken instanceof AttributeValue.SS(Collection<String> b)) {
      return unlessEmpty(without(a, b), AttributeValue.SS::new);
    }
    if (found instanceof AttributeValue.NS(Collection<Decimal> a)
        && taken instanceof AttributeValue.NS(Collection<Decimal> b)) {
      return unlessEmpty(without(a, b), AttributeValue.NS::new);
    }
    if (found instanceof AttributeValue.BS(Collection<Binary> a)
        && taken instanceof AttributeValue.BS(Collection<Binary> b)) {
      return unlessEmpty(without(a, b), AttributeValue.BS::new);
    }
    throw incorrectType();
  }

  private static <T> SequencedSet<T> without(Collection<T> values, Collection<T> taken) {
    SequencedSet<T> rest = new LinkedHashSet<>(values);
    rest.removeAll(taken);
    return rest;
  }

  private static <T> @Nullable AttributeValue unlessEmpty(
      SequencedSet<T> rest, Function<SequencedSet<T>, AttributeValue> set) {
    return rest.isEmpty() ? null : set.apply(rest);
  }

  private AttributeValue value(SetValue value) {
    return switch (value) {
      case SetValue.Literal(AttributeValue literal) -> literal;
      case SetValue.Path(DocumentPath path) -> {
        AttributeValue found = path.in(before);
        if (found == null) {
          throw new InvalidRequest(
              "The provided expression refers to an attribute that does not exist in the item");
        }
        yield found;
      }
      case SetValue.Plus(SetValue left, SetValue right) -> number(left, right, Decimal::plus);
      case SetValue.Minus(SetValue left, SetValue right) -> number(left, right, Decimal::minus);
      case SetValue.IfNotExists(DocumentPath path, SetValue otherwise) -> {
        AttributeValue found = path.in(before);
        yield found == null ? value(otherwise) : found;
      }
      case SetValue.ListAppend(SetValue left, SetValue right) -> {
        List<AttributeValue> joined = new ArrayList<>(list(value(left)));
        joined.addAll(list(value(right)));
        yield new AttributeValue.L(joined);
      }
    };
  }

  private AttributeValue number(SetValue left, SetValue right, BinaryOperator<Decimal> operator) {
    if (value(left) instanceof AttributeValue.N(Decimal a)
        && value(right) instanceof AttributeValue.N(Decimal b)) {
      return new AttributeValue.N(exact(() -> operator.apply(a, b)));
    }
    throw incorrectType();
  }

  /// A result that has too many digits is called too large.
  private static Decimal exact(Supplier<Decimal> sum) {
    try {
      return sum.get();
    } catch (InvalidRequest invalid) {
      throw invalid.getMessage().contains("significant digits")
          ? new InvalidRequest(Decimal.TOO_LARGE)
          : invalid;
    }
  }

  private List<AttributeValue> list(AttributeValue value) {
    if (value instanceof AttributeValue.L(List<AttributeValue> elements)) {
      return elements;
    }
    throw incorrectType();
  }

  private InvalidRequest incorrectType() {
    return new InvalidRequest(mismatch);
  }
}
