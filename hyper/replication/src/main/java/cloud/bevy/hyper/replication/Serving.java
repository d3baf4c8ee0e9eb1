package cloud.bevy.hyper.replication;

import cloud.bevy.foundation.base.Fault;
import cloud.bevy.hyper.core.Manifest;
import cloud.bevy.hyper.core.Proof;
import cloud.bevy.hyper.core.Replica;
import cloud.bevy.hyper.replication.Answers.Question;
import cloud.bevy.hyper.store.Head;
import cloud.bevy.hyper.wire.MalformedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Answers what one peer has asked for. Waits while it does not read. Belongs to the task of the
/// stream's [Answers].
final class Serving {
  /// How many words of a bitfield are told in one message: those of one page of npm's.
  private static final int WORDS = 1024;

  private final Link link;

  Serving(Link link) {
    this.link = link;
  }

  /// Answers some questions, together.
  ///
  /// @return whether the peer reads
  boolean answer(List<Question> questions) {
    try {
      return answerAll(questions);
    } catch (MalformedException lie) {
      link.drop(Optional.ofNullable(lie.getMessage()).orElse("it asks for nonsense"));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (Fault fault) {
      link.mux().destroy(new IOException(Fault.describe(fault), fault));
    }
    return false;
  }

  private boolean answerAll(List<Question> questions)
      throws MalformedException, InterruptedException {
    boolean drained = true;
    link.mux().cork();
    try {
      for (Question question : questions) {
        drained = answer(question);
        if (!drained) {
          link.mux().uncork();
          boolean reads = link.mux().awaitDrained(Link.UNREAD);
          link.mux().cork();
          if (!reads) {
            link.drop("it does not read what it has asked for");
            return false;
          }
        }
      }
    } finally {
      link.mux().uncork();
    }
    return true;
  }

  private static boolean answer(Question question) throws MalformedException {
    return switch (question.message()) {
      case Message.Request request -> answer(question.channel(), request);
      case Message.Want want -> tell(question.channel(), want);
      default -> true;
    };
  }

  private static boolean answer(CoreChannel channel, Message.Request request)
      throws MalformedException {
    Replica replica = channel.exchange().replica();
    Head head = replica.head();
    Optional<Manifest> manifest = request.manifest() ? replica.manifest() : Optional.empty();
    boolean lacked =
        request.fork() != head.fork()
            || head.length() == 0
            || request.wanted().block().filter(it -> lacks(replica, head, it)).isPresent();
    if (lacked || nothing(request)) {
      return manifest.isPresent()
          ? channel.send(data(request.id(), nothing(head.fork()), manifest))
          : lacks(channel, request);
    }
    try {
      return channel.send(data(request.id(), replica.prove(request.wanted()), manifest));
    } catch (MalformedException _) {
      channel.asksNonsense();
      return channel.send(new Message.NoData(request.id(), Message.NoData.INVALID));
    }
  }

  private static boolean lacks(Replica replica, Head head, Proof.Wanted block) {
    return block.index() >= head.length() || !replica.has(block.index());
  }

  /// The reason is not given, because a JavaScript peer stops asking for good after a few that are.
  private static boolean lacks(CoreChannel channel, Message.Request request)
      throws MalformedException {
    channel.asksForWhatIsNotHere();
    return channel.send(new Message.NoData(request.id(), 0));
  }

  private static boolean nothing(Message.Request request) {
    Proof.Request wanted = request.wanted();
    return wanted.block().isEmpty()
        && wanted.hash().isEmpty()
        && wanted.seek().isEmpty()
        && wanted.upgrade().isEmpty();
  }

  private static Proof nothing(long fork) {
    return new Proof(fork, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Message data(long id, Proof proof, Optional<Manifest> manifest) {
    return new Message.Data(new Proof.Message(id, proof, manifest));
  }

  /// Tells which blocks of a range are here.
  private static boolean tell(CoreChannel channel, Message.Want want) {
    Replica replica = channel.exchange().replica();
    long length = replica.head().length();
    long contiguous = Math.min(length, replica.contiguous());
    boolean covered = want.start() + want.length() <= contiguous || contiguous == length;
    if (covered || (want.any() && want.start() < contiguous)) {
      return channel.send(new Message.Range(false, 0, contiguous));
    }
    boolean drained = true;
    long end = Math.min(length, want.start() + Math.min(want.length(), RemoteWants.LONGEST));
    for (long at = want.start() & -Integer.SIZE; at < end; at += (long) WORDS * Integer.SIZE) {
      long left = (end - at + Integer.SIZE - 1) / Integer.SIZE;
      int[] words = replica.presence(at, (int) Math.min(WORDS, left));
      if (anything(words)) {
        drained = channel.send(new Message.Bitfield(at, words));
      }
    }
    return drained;
  }

  private static boolean anything(int[] words) {
    for (int word : words) {
      if (word != 0) {
        return true;
      }
    }
    return false;
  }
}
