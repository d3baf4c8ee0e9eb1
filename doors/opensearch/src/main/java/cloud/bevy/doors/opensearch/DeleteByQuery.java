package cloud.bevy.doors.opensearch;

/// `POST /{index}/_delete_by_query`: deletes what a query finds.
final class DeleteByQuery implements Operation {
  @Override
  public Answer run(Call call) {
    return new ByQuery(call, "deleted", _ -> null).run(true);
  }
}
