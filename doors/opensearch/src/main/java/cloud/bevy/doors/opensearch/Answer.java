package cloud.bevy.doors.opensearch;

/// What a request is answered.
///
/// @param body a string, or a tree that becomes JSON
record Answer(int status, Object body) {
  static final int OK = 200;
  static final int CREATED = 201;
  static final int NOT_FOUND = 404;

  static Answer of(Object body) {
    return new Answer(OK, body);
  }
}
