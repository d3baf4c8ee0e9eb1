package cloud.bevy.doors.aws;

import cloud.bevy.services.search.Search;
import cloud.bevy.services.search.SearchDefinition;
import cloud.bevy.services.tables.TableDescription;
import cloud.bevy.services.tables.Tables;
import com.fasterxml.jackson.core.JsonGenerator;
import java.util.function.Supplier;

/// A request on its way through an operation.
///
/// @param parameters of the operation's shape, all constraints checked
/// @param tables the tables of the caller's cloud
/// @param json where the answer goes; nothing of it is sent if the operation throws
/// @param owner the caller's cloud
record DynamoCall(Parameters parameters, Tables tables, JsonGenerator json, Owner owner) {
  /// Whose tables are meant, and what is asked beside them.
  ///
  /// @param asking who asks
  /// @param search finds items by what they say; nothing is opened before it is asked
  record Owner(Asking asking, Supplier<Search> search) {}

  /// Who asks.
  ///
  /// @param origin where they believe to be
  /// @param readOnly whether their key is for reading only
  record Asking(Origin origin, boolean readOnly) {}

  /// Refuses what a key for reading only is not for.
  void checkWrites() {
    if (owner.asking().readOnly()) {
      throw DynamoRefusal.accessDenied();
    }
  }

  /// Where the caller believes to be.
  Origin origin() {
    return owner.asking().origin();
  }

  /// Finds items by what they say.
  Search search() {
    return owner.search().get();
  }

  /// Deletes the index of a table that has none any more.
  void forgetIndex(TableDescription before) {
    if (before.definition().tags().keySet().stream().anyMatch(SearchDefinition::isTag)) {
      search().forget(before);
    }
  }

  /// The names that stand in ARNs and endpoints.
  ///
  /// @param region of the signature
  /// @param host that the request was sent to
  record Origin(String region, String host) {
    /// A cloud has no account number; this one is nobody's.
    static final String ACCOUNT = "000000000000";

    /// The ARN of a table.
    String arn(String table) {
      return "arn:aws:dynamodb:%s:%s:table/%s".formatted(region, ACCOUNT, table);
    }

    /// The ARN of a table's stream.
    String streamArn(String table, String label) {
      return arn(table) + "/stream/" + label;
    }
  }
}
