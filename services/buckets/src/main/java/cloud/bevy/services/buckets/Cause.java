package cloud.bevy.services.buckets;

/// Who changes a bucket, and how: what those are told who are told of changes. It holds for
/// everything that is done in [#run].
///
/// @param act how objects are made, or why they go
/// @param principal whoever asks, by the id of an account; empty for the cloud itself
/// @param address where the request comes from; empty where there is none
/// @param request the request's id; empty where there is none
public record Cause(Act act, String principal, String address, String request) {
  /// The cloud itself, as for its functions.
  static final Cause CLOUD = new Cause(Act.PUT, "", "", "");

  /// The bucket's lifecycle.
  static final Cause LIFECYCLE = new Cause(Act.LIFECYCLE, "", "", "");

  private static final ScopedValue<Cause> CURRENT = ScopedValue.newInstance();

  /// How objects are made, or why they go.
  public enum Act {
    /// By a request with the object's bytes.
    PUT,
    /// By a form.
    POST,
    /// By a copy.
    COPY,
    /// As the bucket's rules say.
    LIFECYCLE
  }

  /// Something to be done.
  ///
  /// @param <X> what it throws
  public interface Work<X extends Exception> {
    /// Does it.
    void run() throws X;
  }

  /// Does something for this cause.
  ///
  /// @throws X what that throws
  public <X extends Exception> void run(Work<X> what) throws X {
    ScopedValue.where(CURRENT, this)
        .<Boolean, X>call(() -> {
          what.run();
          return true;
        });
  }

  static Cause current() {
    return CURRENT.orElse(CLOUD);
  }

  /// What the making of an object is.
  EventType creation(StoredObject object) {
    if (object.upload().isPresent()) {
      return EventType.CREATED_COMPLETED;
    }
    return switch (act) {
      case PUT, LIFECYCLE -> EventType.CREATED_PUT;
      case POST -> EventType.CREATED_POST;
      case COPY -> EventType.CREATED_COPY;
    };
  }

  /// What it is that there is something no more.
  ///
  /// @param marked whether its versions are kept
  EventType removal(boolean marked) {
    if (act == Act.LIFECYCLE) {
      return marked ? EventType.EXPIRED_MARKED : EventType.EXPIRED;
    }
    return marked ? EventType.REMOVED_MARKED : EventType.REMOVED;
  }
}
