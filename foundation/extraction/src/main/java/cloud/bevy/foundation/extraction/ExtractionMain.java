package cloud.bevy.foundation.extraction;

import cloud.bevy.foundation.base.RealWorld;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// The process that reads HTML and PDF: documents come in, their texts go out, one at a time. It
/// ends at once when whoever asks is gone, whatever it is doing.
public final class ExtractionMain {
  /// What becomes of a process that cannot answer.
  private static final int FAILED = 4;

  private static final int LONGEST_REASON = 200;

  private ExtractionMain() {}

  /// Reads documents until nobody asks any more.
  ///
  /// @param arguments the most characters of a text
  public static void main(String[] arguments) throws InterruptedException {
    int most = Integer.parseInt(arguments[0]);
    PrintStream output = System.out;
    System.setOut(System.err); // what a library says is no answer
    BlockingQueue<ExtractionWire.Question> questions = new ArrayBlockingQueue<>(1);
    RealWorld.create(System.err).tasks().start("questions", () -> listen(questions));
    DataOutputStream answers = new DataOutputStream(new BufferedOutputStream(output, 1 << 16));
    ready(answers);
    while (true) {
      Extracted extracted = read(questions.take(), most);
      try {
        ExtractionWire.answer(answers, extracted);
      } catch (IOException gone) {
        Runtime.getRuntime().halt(FAILED);
      }
    }
  }

  /// Says that this process has started, which on a busy machine may take longer than a document.
  private static void ready(DataOutputStream answers) {
    try {
      answers.writeByte(ExtractionProcess.READY);
      answers.flush();
    } catch (IOException gone) {
      Runtime.getRuntime().halt(FAILED);
    }
  }

  private static void listen(BlockingQueue<ExtractionWire.Question> questions) {
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(System.in, 1 << 16))) {
      while (true) {
        questions.put(ExtractionWire.question(in));
      }
    } catch (IOException | InterruptedException | RuntimeException over) {
      Runtime.getRuntime().halt(0);
    }
  }

  /// The text of a document, or why there is none. Nothing that a document does to a library gets
  /// out of here, but for running out of memory, which ends the process.
  static Extracted read(ExtractionWire.Question question, int most) {
    try {
      return question.format() == DocumentFormat.PDF
          ? PdfText.read(question.bytes(), most)
          : HtmlText.read(question.bytes(), question.charset(), most);
    } catch (StackOverflowError deep) {
      return Extracted.none("it is too deeply nested");
    } catch (IOException | RuntimeException | LinkageError broken) {
      return Extracted.none("it cannot be read: " + reason(broken));
    }
  }

  private static String reason(Throwable broken) {
    String type = broken.getClass().getSimpleName();
    String whole = (type + ": " + broken.getMessage()).replaceAll("\\s+", " ");
    return whole.substring(0, Math.min(whole.length(), LONGEST_REASON));
  }
}
