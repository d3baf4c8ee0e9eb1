package cloud.bevy.services.tables;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a transaction. Whichever it is, the state it was decided on is durable.
public sealed interface TransactOutcome {
  /// All of it is done.
  ///
  /// @param written what each action wrote; empty where that was done before, by the same token
  record Done(List<WriteOutcome.Written> written) implements TransactOutcome {
    /// Copies what was written.
    public Done {
      written = List.copyOf(written);
    }
  }

  /// Nothing of it is done.
  ///
  /// @param reasons one for each action
  record Cancelled(List<Reason> reasons) implements TransactOutcome {
    /// Copies the reasons.
    public Cancelled {
      reasons = List.copyOf(reasons);
    }
  }

  /// The token was that of another transaction.
  record OtherRequest() implements TransactOutcome {}

  /// Why an action could not be done.
  ///
  /// @param message empty where it could
  /// @param current the item as it is, where a condition did not hold
  record Reason(Code code, String message, @Nullable StoredItem current) {
    /// The kinds of reasons.
    public enum Code {
      /// It could.
      NONE("None"),
      /// Its condition did not hold.
      CONDITION("ConditionalCheckFailed"),
      /// There is an item that was to be inserted.
      DUPLICATE("DuplicateItem"),
      /// It does not fit the table or the item.
      INVALID("ValidationError");

      private final String word;

      Code(String word) {
        this.word = word;
      }

      /// The kind in DynamoDB's words.
      public String word() {
        return word;
      }
    }

    /// None.
    public static final Reason NONE = new Reason(Code.NONE, "", null);

    /// It does not fit.
    ///
    /// @throws InvalidRequest that, if DynamoDB refuses the whole transaction for it
    public static Reason invalid(InvalidRequest why) {
      if (why.alone()) {
        throw why;
      }
      return new Reason(Code.INVALID, why.getMessage(), null);
    }
  }
}
