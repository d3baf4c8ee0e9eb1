package cloud.bevy.hyper.core;

import java.util.concurrent.CompletionStage;

/// Whoever can fetch what a core lacks: replication, with one peer or many. Attached with
/// [Core#attach]. What it fetches it hands in through [Replica#accept]; that is how those who wait
/// hear of it. No method here blocks or throws.
public interface Source {
  /// Somebody waits for this, or would like to have it soon. The source fetches it as soon as it
  /// can, also from peers that come later, until it is cancelled. The same want may come again.
  void want(Want want);

  /// Nobody waits for this any more. Comes also after what was wanted has been accepted.
  void cancel(Want want);

  /// Asks what the newest length is. Completes when each peer that is connected now has said where
  /// its core ends, and what is newer than the core here has been accepted or refused; at once
  /// where there is no peer. Whoever asks waits with a deadline of its own.
  CompletionStage<Void> newest();
}
