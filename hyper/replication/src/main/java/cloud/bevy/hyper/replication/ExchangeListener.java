package cloud.bevy.hyper.replication;

import cloud.bevy.hyper.core.CoreFault;
import cloud.bevy.hyper.core.Listener;
import cloud.bevy.hyper.store.Head;

/// Has peers told what became of a core. Called by the task that writes the store: only notes it.
final class ExchangeListener implements Listener {
  private final Exchange exchange;

  ExchangeListener(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public void grown(Head head) {
    exchange.wakeAll();
  }

  @Override
  public void truncated(Head head, long from) {
    exchange.announce(announcements -> announcements.truncated(from));
  }

  @Override
  public void stored(long from, long to) {
    exchange.announce(announcements -> announcements.stored(from, to));
  }

  @Override
  public void cleared(long from, long to) {
    exchange.announce(announcements -> announcements.cleared(from, to));
  }

  @Override
  public void frozen(CoreFault fault) {
    exchange.freeze(fault);
  }
}
