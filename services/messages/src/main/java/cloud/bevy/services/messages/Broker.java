package cloud.bevy.services.messages;

import cloud.bevy.cluster.cloud.Cloud;

/// The messages of all clouds of a machine. Holds nothing for a cloud that is not open.
public final class Broker {
  private final MessageCount count = new MessageCount();

  /// A broker in which nothing was said yet.
  public Broker() {}

  /// The messages of a cloud, which has to stay open as long as somebody is connected.
  public Messages of(Cloud cloud) {
    return cloud.attachment(Messages.class, it -> new Messages(it, count));
  }

  /// How many messages there were.
  public MessageCount count() {
    return count;
  }
}
