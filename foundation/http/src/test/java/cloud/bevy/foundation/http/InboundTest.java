package cloud.bevy.foundation.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InboundTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final Budget budget = new Budget();
  private final Inbound body = new Inbound(budget, asked::incrementAndGet, Waiting.UNNOTICED);

  @Test
  void theSocketIsLeftAloneUntilSomebodyReads() throws Exception {
    body.offer(piece(10));
    assertThat(body.wantsMore()).isFalse();
    assertThat(body.read()).isZero();
    assertThat(asked).hasValue(1);
    assertThat(body.wantsMore()).isTrue();
  }

  @Test
  void theSocketIsLeftAloneOnceTheWindowIsFull() throws Exception {
    body.offer(piece(10));
    body.read();
    body.offer(piece((int) Budget.WIDE - 1_000));
    assertThat(body.wantsMore()).isTrue();
    body.offer(piece(1_000));
    assertThat(body.wantsMore()).isFalse();
    body.readNBytes((int) Budget.WIDE / 2 + 1_000);
    assertThat(asked).hasValue(2);
    assertThat(body.wantsMore()).isTrue();
  }

  @Test
  void manyTinyPiecesFillTheWindowToo() throws Exception {
    body.offer(piece(1));
    body.read();
    for (int each = 0; each < Budget.WIDE / 256; each++) {
      body.offer(piece(1));
    }
    assertThat(body.wantsMore()).isFalse();
  }

  @Test
  void theWindowIsNarrowOnceAllConnectionsHoldMuch() throws Exception {
    body.offer(piece(10));
    body.read();
    budget.add(Budget.PLENTY);
    body.offer(piece((int) Budget.NARROW));
    assertThat(body.wantsMore()).isFalse();
    budget.add(-Budget.PLENTY);
    body.discard();
    assertThat(budget.window()).isEqualTo(Budget.WIDE);
  }

  @Test
  void whatArrivedIsReadBeforeTheFailureIsTold() throws Exception {
    body.offer(piece(1));
    body.fail(new IOException("gone"));
    assertThat(body.read()).isZero();
    assertThatThrownBy(body::read).hasMessage("gone");
  }

  @Test
  void aDiscardedBodyGivesItsBuffersBack() {
    ByteBuf held = piece(5);
    ByteBuf late = piece(5);
    body.offer(held);
    body.discard();
    body.offer(late);
    assertThat(held.refCnt()).isZero();
    assertThat(late.refCnt()).isZero();
    assertThatThrownBy(body::read).hasMessage("the request is over");
  }

  @Test
  void aBodyThatEndedIsNeverAskedForMore() throws Exception {
    body.offer(piece(1));
    body.end();
    assertThat(body.readAllBytes()).hasSize(1);
    assertThat(asked).hasValue(0);
  }

  private static ByteBuf piece(int size) {
    return Unpooled.wrappedBuffer(new byte[size]);
  }
}
