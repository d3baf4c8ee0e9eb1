package cloud.bevy.doors.aws;

/// Why a signature was not accepted. Each door says it in its protocol's own words.
///
/// @param detail what is wrong, for whoever writes the client; may be empty
record Refusal(Kind kind, String detail) {
  /// What is wrong with a signature.
  enum Kind {
    /// The `Authorization` header cannot be read.
    MALFORMED_HEADER,
    /// The parameters of a presigned URL cannot be read.
    MALFORMED_QUERY,
    /// The credential is for another service.
    WRONG_SERVICE,
    /// Not `AWS4-HMAC-SHA256`.
    OLD_VERSION,
    /// Another kind of authorization.
    UNKNOWN_TYPE,
    /// An `Authorization` that does not say what kind it is.
    ONE_WORD,
    /// More than one signature.
    SEVERAL,
    /// No `X-Amz-Date` or `Date`.
    NO_DATE,
    /// A session token, though this cloud never gave one out.
    FOREIGN_TOKEN,
    /// No such access key.
    UNKNOWN_KEY,
    /// The signature is another one than the key makes.
    MISMATCH,
    /// The clocks differ by more than 15 minutes.
    SKEWED,
    /// The presigned URL is no longer good.
    EXPIRED,
    /// The presigned URL is not good yet.
    NOT_YET_VALID,
    /// A header that changes what the request means is not signed.
    UNSIGNED_HEADER
  }
}
