package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Tables;
import com.fasterxml.jackson.core.JsonGenerator;

/// A request on its way through an operation.
///
/// @param parameters of the operation's shape, all constraints checked
/// @param tables the tables of the caller's cloud
/// @param json where the answer goes; nothing of it is sent if the operation throws
/// @param origin where the caller believes to be
record DynamoCall(Parameters parameters, Tables tables, JsonGenerator json, Origin origin) {
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
