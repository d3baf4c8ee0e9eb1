package cloud.bevy.doors.aws;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// A test that talks to the door, over a socket, on a cloud on a disk.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DynamoTest {
  DynamoServer server;
  DynamoDbClient client;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    server = DynamoServer.start(folder);
    client = server.client();
  }

  @AfterAll
  void stop() {
    client.close();
    server.close();
  }
}
