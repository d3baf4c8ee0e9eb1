package cloud.bevy.foundation.http;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.RealWorld;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutboundTest {
  /// What a loop without timers says of its next one.
  private static final long NO_TIMER = -1;

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Deadline deadline =
      new Deadline(channel.eventLoop(), RealWorld.create(System.out).time(), channel::close);
  private final Outbound out =
      new Outbound(
          channel, new Budget(), new Outbound.Pace(deadline, Duration.ofMinutes(1)), () -> {});

  @Test
  void whatIsWrittenHasADeadline() {
    out.writeNow(piece());
    assertThat(channel.runScheduledPendingTasks()).isPositive();
  }

  @Test
  void aConnectionThatHasEndedLeavesNoTimer() {
    out.writeNow(piece());
    channel.runPendingTasks();
    assertThat(out.empty()).isTrue();
    out.end(new IOException("gone"));
    assertThat(channel.runScheduledPendingTasks()).isEqualTo(NO_TIMER);
  }

  @Test
  void aConnectionThatHasEndedAmidWritesLeavesNoTimer() {
    out.writeNow(piece());
    out.writeNow(piece());
    out.end(new IOException("gone"));
    channel.runPendingTasks();
    assertThat(channel.runScheduledPendingTasks()).isEqualTo(NO_TIMER);
  }

  private static ByteBuf piece() {
    return Unpooled.wrappedBuffer(new byte[10]);
  }
}
