package cloud.bevy.hyper.mux;

import cloud.bevy.hyper.wire.MalformedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which channels there are, by the numbers that each side gives them and by what they speak. Its
/// owner holds a lock around every call.
///
/// Each side numbers its own channels from 1 on, and uses a number again once it knows that the
/// other side has done with it.
final class Directory {
  /// The most channels that the other side may have had open at once.
  static final int MOST_CHANNELS = 65_536;

  private final List<@Nullable Channel> local = new ArrayList<>();
  private final List<@Nullable Channel> remote = new ArrayList<>();
  private final Deque<Integer> free = new ArrayDeque<>();
  private final Map<String, Conversation> conversations = new HashMap<>();
  private final Map<Integer, Conversation> unanswered = new HashMap<>();

  /// All channels of one protocol and id: the open one, and the numbers of those that were opened
  /// here and that the other side has not answered.
  private static final class Conversation {
    private final Protocol protocol;
    private final Deque<Integer> waiting = new ArrayDeque<>();
    private @Nullable Channel open;

    Conversation(Protocol protocol) {
      this.protocol = protocol;
    }
  }

  static String key(String name, byte[] id) {
    return name + "##" + HexFormat.of().formatHex(id);
  }

  @Nullable Channel opened(String key) {
    Conversation conversation = conversations.get(key);
    return conversation == null ? null : conversation.open;
  }

  /// Gives a channel its number. The caller has seen that none is open for its protocol.
  ///
  /// @param remoteId the number that the other side has given it, if it has opened it already
  void add(Channel channel, int remoteId) {
    Protocol protocol = channel.protocol();
    String key = key(protocol.name(), protocol.id());
    Conversation conversation = conversations.computeIfAbsent(key, _ -> new Conversation(protocol));
    for (String alias : protocol.aliases()) {
      conversations.put(key(alias, protocol.id()), conversation);
    }
    conversation.open = channel;
    channel.localId = nextId();
    local.set(channel.localId - 1, channel);
    if (remoteId > 0) {
      pair(channel, remoteId);
    } else {
      conversation.waiting.add(channel.localId);
      unanswered.put(channel.localId, conversation);
    }
  }

  private int nextId() {
    Integer id = free.poll();
    if (id != null) {
      return id;
    }
    local.add(null);
    return local.size();
  }

  void pair(Channel channel, int remoteId) {
    channel.remoteId = remoteId;
    remote.set(remoteId - 1, channel);
  }

  /// Takes note of a number that the other side uses for a channel it opens.
  void take(int remoteId) throws MalformedException {
    if (remoteId > MOST_CHANNELS) {
      throw new MalformedException("too many channels are opened");
    }
    if (remoteId == remote.size() + 1) {
      remote.add(null);
    }
    if (remoteId > remote.size() || remote.get(remoteId - 1) != null) {
      throw new MalformedException("a channel is opened under a number that is not the next one");
    }
  }

  /// What the other side's `open` is the answer to.
  ///
  /// @param channel nothing if it was closed here meanwhile
  record Answered(@Nullable Channel channel) {}

  /// Finds the channel that was opened here, and that the other side opens too.
  ///
  /// @return nothing if the other side is the first
  @Nullable Answered answer(String key) {
    Conversation conversation = conversations.get(key);
    Integer id = conversation == null ? null : conversation.waiting.poll();
    if (conversation == null || id == null) {
      return null;
    }
    unanswered.remove(id);
    Channel channel = local.get(id - 1);
    if (channel == null) {
      free.push(id);
      forget(conversation);
    }
    return new Answered(channel);
  }

  /// The other side has refused a channel.
  ///
  /// @return nothing if it was closed here meanwhile
  @Nullable Channel refuse(int localId) throws MalformedException {
    Conversation conversation = unanswered.remove(localId);
    if (conversation == null) {
      throw new MalformedException("a channel is refused that was not opened");
    }
    conversation.waiting.remove(localId);
    Channel channel = local.get(localId - 1);
    if (channel != null) {
      remove(channel);
    }
    free.push(localId);
    forget(conversation);
    return channel;
  }

  @Nullable Channel remote(int remoteId) {
    return remoteId > 0 && remoteId <= remote.size() ? remote.get(remoteId - 1) : null;
  }

  /// Forgets a channel. If the other side knows its number, that is free now; else only when the
  /// other side has answered.
  void remove(Channel channel) {
    local.set(channel.localId - 1, null);
    if (channel.remoteId > 0) {
      remote.set(channel.remoteId - 1, null);
      free.push(channel.localId);
    }
    Protocol protocol = channel.protocol();
    Conversation conversation = conversations.get(key(protocol.name(), protocol.id()));
    if (conversation != null && conversation.open == channel) {
      conversation.open = null;
      forget(conversation);
    }
    channel.localId = 0;
  }

  private void forget(Conversation conversation) {
    if (conversation.open == null && conversation.waiting.isEmpty()) {
      Protocol protocol = conversation.protocol;
      conversations.remove(key(protocol.name(), protocol.id()), conversation);
      for (String alias : protocol.aliases()) {
        conversations.remove(key(alias, protocol.id()), conversation);
      }
    }
  }

  List<Channel> all() {
    List<Channel> channels = new ArrayList<>();
    for (Channel channel : local) {
      if (channel != null) {
        channels.add(channel);
      }
    }
    return channels;
  }
}
