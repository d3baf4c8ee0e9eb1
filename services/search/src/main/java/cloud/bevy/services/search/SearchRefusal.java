package cloud.bevy.services.search;

/// A search that breaks a rule. The message is written for whoever asked; the type is the word that
/// OpenSearch has for such an error. It carries no stack trace: it says nothing about this program.
public final class SearchRefusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// What kind of refusal it is.
  public enum Kind {
    /// What was sent cannot be understood.
    PARSING("parsing_exception", 400),
    /// What was asked for is not possible, or too much.
    ILLEGAL_ARGUMENT("illegal_argument_exception", 400),
    /// A query does not fit the fields of the index.
    QUERY_SHARD("query_shard_exception", 400),
    /// The table has no index.
    NOT_FOUND("index_not_found_exception", 404),
    /// There is no such point in time, or no more.
    NO_POINT("search_context_missing_exception", 404),
    /// There is too much to do at the moment: ask again.
    REJECTED("rejected_execution_exception", 429),
    /// The index has not reached the table in the time there was: ask again.
    TIMEOUT("process_cluster_event_timeout_exception", 503);

    private final String type;
    private final int status;

    Kind(String type, int status) {
      this.type = type;
      this.status = status;
    }

    /// OpenSearch's word.
    public String type() {
      return type;
    }

    /// The status of the answer over HTTP.
    public int status() {
      return status;
    }
  }

  private final Kind kind;

  /// Refuses a search.
  public SearchRefusal(Kind kind, String reason) {
    super(reason, null, false, false);
    this.kind = kind;
  }

  /// What kind of refusal it is.
  public Kind kind() {
    return kind;
  }

  /// The reason; never null.
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  static SearchRefusal parsing(String reason) {
    return new SearchRefusal(Kind.PARSING, reason);
  }

  static SearchRefusal illegal(String reason) {
    return new SearchRefusal(Kind.ILLEGAL_ARGUMENT, reason);
  }

  static SearchRefusal shard(String reason) {
    return new SearchRefusal(Kind.QUERY_SHARD, reason);
  }
}
