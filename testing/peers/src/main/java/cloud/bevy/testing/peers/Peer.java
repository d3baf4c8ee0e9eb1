package cloud.bevy.testing.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// A peer in a process of its own, on a corestore in a folder: npm's packages ([#node]), or another
/// program that understands the same requests. It is asked by name for what `peer.mjs` can do;
/// every answer has a deadline. It ends with [#close] at the latest, and by itself where this
/// process ends before.
public final class Peer implements AutoCloseable {
  /// How long an answer may take.
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  /// How long a download may take.
  static final Duration LONG_PATIENCE = Duration.ofMinutes(4);

  private static final String READY = "ready";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Path log;
  private final ReentrantLock turn = new ReentrantLock();
  private final AtomicLong last = new AtomicLong();
  private final Map<Long, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
  private volatile Optional<PeerFailed> ended = Optional.empty();

  private Peer(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// Starts npm's peer on a folder, which may be one that another peer has left. Skips the test
  /// where Node.js is missing.
  public static Peer node(Path folder) {
    Packages.need();
    return start(List.of("node", Packages.FOLDER.resolve("peer.mjs").toString()), folder);
  }

  /// Starts a peer on a folder, which the command gets as its last argument.
  public static Peer start(List<String> command, Path folder) {
    List<String> whole = new ArrayList<>(command);
    whole.add(folder.toAbsolutePath().toString());
    try {
      Files.createDirectories(folder);
      Path log = folder.resolve("peer.log");
      Process process =
          new ProcessBuilder(whole)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      Peer peer = new Peer(process, log);
      Thread.ofVirtual().name("peer " + process.pid()).start(peer::hearAll);
      peer.event(READY);
      return peer;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Asks for something and waits for the answer.
  ///
  /// @param command as `peer.mjs` calls it
  /// @param details names and values, in turn
  /// @throws PeerFailed where the peer says that it failed
  public JsonNode ask(String command, Object... details) {
    return await(command, send(command, details), PATIENCE);
  }

  /// Asks for something that will take a while, or that must fail.
  public CompletableFuture<JsonNode> send(String command, Object... details) {
    long id = last.incrementAndGet();
    ObjectNode request = JSON.createObjectNode().put("id", id).put("do", command);
    for (int at = 0; at < details.length; at += 2) {
      request.set((String) details[at], JSON.valueToTree(details[at + 1]));
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    asked.put(id, answer);
    ended.ifPresent(answer::completeExceptionally);
    write(request);
    return answer;
  }

  /// Waits for the answer to what was sent.
  public JsonNode await(String command, CompletableFuture<JsonNode> answer, Duration patience) {
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new PeerFailed(
          command + ": " + Objects.requireNonNullElse(e.getCause(), e).getMessage());
    } catch (TimeoutException e) {
      throw new PeerFailed(command + " was not answered" + said());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PeerFailed("interrupted");
    }
  }

  /// Waits for an event of that name, and forgets those before it.
  public JsonNode event(String name) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (true) {
        JsonNode event = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (event == null) {
          throw new PeerFailed("there was no event " + name + said());
        }
        if (event.get("event").asText().equals(name)) {
          return event;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PeerFailed("interrupted");
    }
  }

  /// Listens for connections that replicate the whole corestore.
  ///
  /// @return the port
  public int listen(Transport transport) {
    return ask(transport.listens()).get("port").asInt();
  }

  /// Connects, and replicates the whole corestore.
  public void connect(Transport transport, int port) {
    ask(transport.connects(), "port", port);
  }

  /// Ends all connections.
  public void hangUp() {
    ask("hangup");
  }

  /// Opens the core of that name, which this peer writes, as `as`.
  public PeerCore core(String as, String name) {
    return new PeerCore(this, as, ask("core.open", "as", as, "name", name));
  }

  /// Opens the core of that key, as `as`.
  public PeerCore core(String as, byte[] key) {
    return new PeerCore(this, as, ask("core.open", "as", as, "key", hex(key)));
  }

  /// Opens the core of that name whose blocks are encrypted, as `as`.
  public PeerCore encryptedCore(String as, String name, byte[] secret) {
    return new PeerCore(
        this, as, ask("core.open", "as", as, "name", name, "encryption", hex(secret)));
  }

  /// Opens the core of that key whose blocks are encrypted, as `as`.
  public PeerCore encryptedCore(String as, byte[] key, byte[] secret) {
    return new PeerCore(
        this, as, ask("core.open", "as", as, "key", hex(key), "encryption", hex(secret)));
  }

  /// Opens the bee of that name, which this peer writes, as `as`.
  public PeerBee bee(String as, String name) {
    return new PeerBee(this, as, ask("bee.open", "as", as, "name", name));
  }

  /// Opens the bee of that key, as `as`.
  public PeerBee bee(String as, byte[] key) {
    return new PeerBee(this, as, ask("bee.open", "as", as, "key", hex(key)));
  }

  /// Opens the drive of that name, which this peer writes, as `as`.
  public PeerDrive drive(String as, String name) {
    return new PeerDrive(this, as, ask("drive.open", "as", as, "name", name));
  }

  /// Opens the drive of that key, as `as`.
  public PeerDrive drive(String as, byte[] key) {
    return new PeerDrive(this, as, ask("drive.open", "as", as, "key", hex(key)));
  }

  /// Pulls the plug: `kill -9`.
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// The number of the process.
  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    kill();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private void write(ObjectNode request) {
    turn.lock();
    try {
      OutputStream out = process.getOutputStream();
      out.write((request + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException failure) {
      throw new PeerFailed("the peer is gone: " + failure.getMessage() + said());
    } finally {
      turn.unlock();
    }
  }

  /// Reads what the peer says until it ends; whoever waits then is told.
  private void hearAll() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        hear(JSON.readTree(line));
      }
    } catch (IOException gone) {
      // The same as an end: it was killed.
    }
    PeerFailed end = new PeerFailed("the peer ended" + said());
    ended = Optional.of(end);
    asked.values().forEach(answer -> answer.completeExceptionally(end));
  }

  private void hear(JsonNode said) {
    if (said.has("event")) {
      events.add(said);
      return;
    }
    CompletableFuture<JsonNode> answer = asked.remove(said.get("id").asLong());
    if (answer != null && said.has("error")) {
      answer.completeExceptionally(new PeerFailed(said.get("error").asText()));
    } else if (answer != null) {
      answer.complete(said.get("answer"));
    }
  }

  private String said() {
    try {
      return ":\n" + Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
