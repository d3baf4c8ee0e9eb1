package cloud.bevy.services.messages;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/// A client of a test, which is told when the test asks for it.
final class Client implements Receiver {
  final Connection connection;
  final boolean present;
  final List<Ending> endings = new ArrayList<>();

  Client(Messages messages, Hello hello) {
    Messages.Admission.Admitted admitted =
        (Messages.Admission.Admitted) messages.connect(hello, this);
    this.connection = admitted.connection();
    this.present = admitted.present();
  }

  static Client lasting(Messages messages, String name) {
    return new Client(messages, new Hello(name, false, 3_600, 100, Optional.empty()));
  }

  static Client passing(Messages messages, String name) {
    return new Client(messages, new Hello(name, true, 0, 100, Optional.empty()));
  }

  Client subscribe(String filter, Quality most) {
    connection.subscribe(List.of(Subscription.of(TopicFilter.of(filter).orElseThrow(), most)));
    return this;
  }

  /// What there is to be told once all is durable that was noted.
  List<Outgoing> told() {
    try {
      connection.noted().await(Duration.ofSeconds(10));
    } catch (InterruptedException | TimeoutException late) {
      throw new AssertionError(late);
    }
    List<Outgoing> all = new ArrayList<>();
    for (List<Outgoing> some = connection.next(); !some.isEmpty(); some = connection.next()) {
      all.addAll(some);
    }
    return all;
  }

  /// The texts of the messages that there are now, which the client then has.
  List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (List<Outgoing> some = told(); !some.isEmpty(); some = told()) {
      for (Outgoing each : some) {
        if (each instanceof Outgoing.Publish publish) {
          texts.add(text(publish));
          connection.acknowledged(publish.packetId());
        }
      }
    }
    return texts;
  }

  static String text(Outgoing.Publish publish) {
    return new String(publish.message().payload(), StandardCharsets.UTF_8);
  }

  static Message message(String topic, String text, Quality quality) {
    return Message.of(
        TopicName.of(topic).orElseThrow(), text.getBytes(StandardCharsets.UTF_8), quality);
  }

  @Override
  public void ready() {}

  @Override
  public void ended(Ending ending) {
    endings.add(ending);
  }
}
