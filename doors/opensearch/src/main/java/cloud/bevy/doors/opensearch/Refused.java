package cloud.bevy.doors.opensearch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A request that is not carried out, in OpenSearch's words. It carries no stack trace.
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final int status;
  private final String type;
  private final String index;

  private Refused(int status, String type, String reason, String index) {
    super(reason, null, false, false);
    this.status = status;
    this.type = type;
    this.index = index;
  }

  static Refused of(int status, String type, String reason) {
    return new Refused(status, type, reason, "");
  }

  static Refused illegal(String reason) {
    return of(BAD_REQUEST, "illegal_argument_exception", reason);
  }

  static Refused parsing(String reason) {
    return of(BAD_REQUEST, "parsing_exception", reason);
  }

  static Refused mapping(String reason) {
    return of(BAD_REQUEST, "mapper_parsing_exception", reason);
  }

  static Refused noIndex(String index) {
    return new Refused(
        NOT_FOUND, "index_not_found_exception", "no such index [" + index + "]", index);
  }

  static Refused bucket(String index) {
    return new Refused(
        FORBIDDEN,
        "cluster_block_exception",
        "index ["
            + index
            + "] is a bucket: it answers _search, _msearch and _count by its name alone, and is"
            + " written to through S3",
        index);
  }

  static Refused exists(String index) {
    return new Refused(
        BAD_REQUEST,
        "resource_already_exists_exception",
        "index [" + index + "] already exists",
        index);
  }

  static Refused badName(String index, String why) {
    return new Refused(
        BAD_REQUEST,
        "invalid_index_name_exception",
        "Invalid index name [" + index + "], " + why,
        index);
  }

  static Refused conflict(String index, String id, String why) {
    return new Refused(
        CONFLICT,
        "version_conflict_engine_exception",
        "[" + id + "]: version conflict, " + why,
        index);
  }

  static Refused noDocument(String index, String id) {
    return new Refused(
        NOT_FOUND, "document_missing_exception", "[" + id + "]: document missing", index);
  }

  int status() {
    return status;
  }

  /// What is wrong, as it stands within answers of several parts.
  Map<String, Object> cause() {
    Map<String, Object> cause = new LinkedHashMap<>();
    cause.put("type", type);
    cause.put("reason", String.valueOf(getMessage()));
    if (!index.isEmpty()) {
      cause.put("index", index);
    }
    return cause;
  }

  /// The answer to a request that was refused as a whole.
  Answer answer() {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("root_cause", List.of(cause()));
    error.putAll(cause());
    return new Answer(status, tree(error));
  }

  private Map<String, Object> tree(Map<String, Object> error) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("error", error);
    tree.put("status", status);
    return tree;
  }
}
