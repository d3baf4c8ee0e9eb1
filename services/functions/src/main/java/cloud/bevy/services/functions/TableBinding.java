package cloud.bevy.services.functions;

import cloud.bevy.cluster.cloud.Cloud;

/// How functions reach tables: by operations of DynamoDB, as JSON.
public interface TableBinding {
  /// Does one operation.
  ///
  /// @param cloud whose tables
  /// @param operation its name: `PutItem`
  /// @param request its input, as sent by whoever wrote the function: nothing in it is to be relied
  ///   upon
  /// @return its output, or the error, as DynamoDB answers it
  Answer call(Cloud cloud, String operation, byte[] request);

  /// What an operation answers.
  ///
  /// @param status the HTTP status: 200 if it was done
  /// @param json the output, or an object that names the error as `__type`
  record Answer(int status, byte[] json) {}
}
