package cloud.bevy.services.buckets;

/// What can happen to an object that others can be told of.
public enum EventType {
  /// It was put.
  CREATED_PUT("ObjectCreated:Put"),
  /// It was put by a form.
  CREATED_POST("ObjectCreated:Post"),
  /// It was copied from another one.
  CREATED_COPY("ObjectCreated:Copy"),
  /// It was made of the parts of an upload.
  CREATED_COMPLETED("ObjectCreated:CompleteMultipartUpload"),
  /// It, or a version of it, is gone.
  REMOVED("ObjectRemoved:Delete"),
  /// It is no more, though its versions are kept.
  REMOVED_MARKED("ObjectRemoved:DeleteMarkerCreated"),
  /// It was given tags.
  TAGS_PUT("ObjectTagging:Put"),
  /// Its tags were taken off.
  TAGS_DELETED("ObjectTagging:Delete"),
  /// Others may use it than before.
  ACL_PUT("ObjectAcl:Put"),
  /// It is kept from being deleted for another time than before.
  RETENTION_PUT("ObjectRetention:Put"),
  /// It, or a version of it, was old enough to go.
  EXPIRED("LifecycleExpiration:Delete"),
  /// It was old enough to be no more, though its versions are kept.
  EXPIRED_MARKED("LifecycleExpiration:DeleteMarkerCreated"),
  /// It was old enough for another storage class.
  MOVED("LifecycleTransition");

  private final String text;

  EventType(String text) {
    this.text = text;
  }

  /// What S3 calls it: `ObjectCreated:Put`.
  public String text() {
    return text;
  }
}
