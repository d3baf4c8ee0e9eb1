package cloud.bevy.doors.opensearch;

/// One of OpenSearch's operations.
interface Operation {
  /// Carries out a request.
  ///
  /// @throws Refused if it cannot be done
  Answer run(Call call);
}
