package cloud.bevy.foundation.extraction;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Reads the text of documents, one after the other. Plain text and Markdown are read here, in time
/// in proportion to their length. Libraries read the rest, in a process that is started for the
/// first of them: whatever a document does to it, it is ended when its time is over, and another
/// one is started for the next. For one task at a time.
public final class Extractor implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration STEP_ASIDE = Duration.ofMillis(50);

  /// A process that has not started by then never will.
  private static final Duration START = Duration.ofSeconds(60);

  /// On a busy machine the time of a process is this many times longer on the clock.
  private static final int BUSY = 8;

  private static final long MIB = 1 << 20;

  /// So many documents may take all their time; who comes with more gets little for each.
  private static final int PATIENT = 8;

  private static final Duration IMPATIENT = Duration.ofSeconds(1);

  private final Extractors all;
  private @Nullable ExtractionProcess process;
  private int late;

  Extractor(Extractors all) {
    this.all = all;
  }

  /// The bytes of a document cannot be had.
  static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1;

    Unreadable(String message) {
      super(message);
    }
  }

  /// The text of a document, or why it has none.
  ///
  /// @param stopping whether nobody wants it any more; then the answer means nothing
  public Extracted extract(Document document, BooleanSupplier stopping) {
    ExtractionLimits limits = all.limits();
    if (document.format() == DocumentFormat.PDF && document.size() > limits.pdf()) {
      return Extracted.none("it has more than " + limits.pdf() / MIB + " MiB");
    }
    try {
      return document.format().apart()
          ? apart(document, stopping)
          : PlainText.read(document, limits.text());
    } catch (IOException | RuntimeException failed) {
      return Extracted.none(unreadable(failed));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Extracted.none("this machine stops");
    }
  }

  private Extracted apart(Document document, BooleanSupplier stopping) throws InterruptedException {
    ExtractionProcess running = process;
    if (running == null && !takePlace(stopping)) {
      return Extracted.none("nobody waits for it");
    }
    try {
      running = running == null ? started(stopping) : running;
    } catch (IOException | TimeoutException failed) {
      return Extracted.none("no process can be started to read it: " + failed.getMessage());
    } finally {
      if (running == null) {
        all.places().release();
      }
    }
    Extracted extracted = ask(running, document, stopping);
    if (all.waiting().get() > 0) {
      close();
      all.world().tasks().sleep(STEP_ASIDE);
    }
    return extracted;
  }

  private ExtractionProcess started(BooleanSupplier stopping)
      throws IOException, InterruptedException, TimeoutException {
    ExtractionProcess starting = ExtractionProcess.start(all.limits());
    boolean ready = false;
    try {
      ready =
          await(
              answer(() -> {
                starting.awaitStart();
                return true;
              }),
              START,
              stopping);
    } catch (CompletionException ended) {
      throw new IOException("it ended at once: " + starting.ended(all.world()));
    } finally {
      if (!ready) {
        starting.close();
      }
    }
    process = starting;
    return starting;
  }

  private boolean takePlace(BooleanSupplier stopping) throws InterruptedException {
    all.waiting().incrementAndGet();
    try {
      while (!all.places().tryAcquire()) {
        if (stopping.getAsBoolean()) {
          return false;
        }
        all.world().tasks().sleep(Duration.ofMillis(10));
      }
      return true;
    } finally {
      all.waiting().decrementAndGet();
    }
  }

  private Extracted ask(ExtractionProcess running, Document document, BooleanSupplier stopping)
      throws InterruptedException {
    CompletableFuture<Extracted> answer = answer(() -> running.ask(document));
    Duration time = time(document);
    Duration most = running.cpuTime().plus(time);
    BooleanSupplier over = () -> stopping.getAsBoolean() || running.cpuTime().compareTo(most) > 0;
    try {
      return await(answer, time.multipliedBy(BUSY), over);
    } catch (TimeoutException late) {
      this.late++;
      close();
      return Extracted.none("it takes more than " + time.toSeconds() + " s to read");
    } catch (CompletionException failed) {
      boolean ended = isAbout(failed);
      String why = ended ? running.ended(all.world()) : unreadable(failed.getCause());
      close();
      return Extracted.none(why);
    }
  }

  /// Something that a process is waited for.
  private interface Wait<T> {
    T until() throws IOException;
  }

  private <T> CompletableFuture<T> answer(Wait<T> wait) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    all.world()
        .tasks()
        .start(
            "extract",
            () -> {
              try {
                answer.complete(wait.until());
              } catch (IOException | RuntimeException failed) {
                answer.completeExceptionally(failed);
              }
            });
    return answer;
  }

  /// Whether it is the process that has failed, and not what the document is kept in.
  private static boolean isAbout(CompletionException failed) {
    return failed.getCause() instanceof IOException cause && !(cause instanceof Unreadable);
  }

  private static String unreadable(@Nullable Throwable failure) {
    return "its bytes cannot be read: " + (failure == null ? "" : failure.getMessage());
  }

  private Duration time(Document document) {
    if (late >= PATIENT) {
      return IMPATIENT;
    }
    return all.limits().time().plusSeconds(document.size() / MIB);
  }

  /// Waits for an answer.
  ///
  /// @param over whether the process has had its time
  private <T> T await(CompletableFuture<T> answer, Duration deadline, BooleanSupplier over)
      throws InterruptedException, TimeoutException {
    long end = all.world().time().nanos() + deadline.toNanos();
    while (true) {
      long left = end - all.world().time().nanos();
      if (left <= 0 || over.getAsBoolean()) {
        throw new TimeoutException("it is late");
      }
      try {
        Duration look = Duration.ofNanos(Math.min(left, LOOK.toNanos()));
        return all.world().tasks().await(answer, look);
      } catch (TimeoutException notYet) {
        // Look whether to go on.
      }
    }
  }

  /// Ends the process, if there is one.
  @Override
  public void close() {
    ExtractionProcess running = process;
    if (running != null) {
      process = null;
      running.close();
      all.places().release();
    }
  }
}
