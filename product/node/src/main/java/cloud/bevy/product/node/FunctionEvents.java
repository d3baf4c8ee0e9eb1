package cloud.bevy.product.node;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.doors.aws.EventDocument;
import cloud.bevy.services.buckets.BucketEvent;
import cloud.bevy.services.buckets.BucketSummary;
import cloud.bevy.services.buckets.EventTarget;
import cloud.bevy.services.functions.FunctionFault;
import cloud.bevy.services.functions.Functions;

/// The functions that are told of what happens in buckets are those of the cloud's apps.
record FunctionEvents(Functions functions) implements EventTarget {
  @Override
  public boolean exists(Cloud cloud, String function) {
    return functions.hasFunction(cloud, function);
  }

  @Override
  public Answer tell(Cloud cloud, BucketSummary bucket, BucketEvent event) {
    byte[] document = EventDocument.write(cloud, bucket, event);
    try {
      return functions.tell(cloud, event.function(), document) ? Answer.TAKEN : Answer.REFUSED;
    } catch (FunctionFault notAsked) {
      return Answer.LOST; // it is tried again, and its log says why where it has run
    }
  }
}
