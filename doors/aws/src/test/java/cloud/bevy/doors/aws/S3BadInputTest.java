package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What no SDK would send, as bytes on a socket.
class S3BadInputTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();
  private String bucket = "";

  @BeforeEach
  void makeBucket() {
    bucket = SERVER.bucket();
  }

  @Test
  void aRequestWithoutASignatureIsRefused() throws IOException {
    String answer =
        new RawS3(SERVER, "GET", "/" + bucket).header("Host", "localhost").sendUnsigned();
    assertThat(answer).startsWith("HTTP/1.1 403").contains("<Code>AccessDenied</Code>");
    assertThat(answer).contains("<RequestId>");
  }

  @Test
  void aClockThatIsWrongIsRefused() throws IOException {
    Instant past = Instant.now().minus(Duration.ofMinutes(16));
    String answer = new RawS3(SERVER, "GET", "/" + bucket).at(past).send();
    assertThat(answer).startsWith("HTTP/1.1 403").contains("<Code>RequestTimeTooSkewed</Code>");
  }

  @Test
  void aBodyThatIsNotTheOneSignedIsRefusedAndNotStored() throws IOException {
    RawS3 put =
        new RawS3(SERVER, "PUT", "/" + bucket + "/key")
            .header("x-amz-content-sha256", SignatureV4.EMPTY_HASH)
            .body("forged");
    assertThat(put.send()).contains("<Code>XAmzContentSHA256Mismatch</Code>");
    assertThat(get("/key")).startsWith("HTTP/1.1 404");
  }

  @Test
  void aSubresourceThatIsNotThereIsNeverMistakenForItsObject() throws IOException {
    assertThat(new RawS3(SERVER, "PUT", "/" + bucket + "/key?renameObject").send())
        .startsWith("HTTP/1.1 501")
        .contains("<Code>NotImplemented</Code>");
    assertThat(new RawS3(SERVER, "GET", "/" + bucket + "?inventory").send())
        .startsWith("HTTP/1.1 501");
    assertThat(get("/key")).startsWith("HTTP/1.1 404");
  }

  @Test
  void anObjectIsNotReplacedReadOrDeletedAsItsAnnotation() throws IOException {
    assertThat(new RawS3(SERVER, "PUT", "/" + bucket + "/key").body("object").send())
        .startsWith("HTTP/1.1 200");
    String annotation = "/" + bucket + "/key?annotation&annotationName=note";
    assertThat(new RawS3(SERVER, "PUT", annotation).body("note").send()).startsWith("HTTP/1.1 501");
    assertThat(new RawS3(SERVER, "GET", annotation).send()).startsWith("HTTP/1.1 501");
    assertThat(new RawS3(SERVER, "DELETE", annotation).send()).startsWith("HTTP/1.1 501");
    assertThat(get("/key")).startsWith("HTTP/1.1 200").endsWith("object");
    assertThat(new RawS3(SERVER, "GET", "/" + bucket + "/key?annotation").send())
        .startsWith("HTTP/1.1 501");
    assertThat(new RawS3(SERVER, "PUT", "/" + bucket + "?metadataAnnotationTable").send())
        .startsWith("HTTP/1.1 501");
  }

  @Test
  void aPartIsReadByANumberThatAPartMayHave() throws IOException {
    assertThat(new RawS3(SERVER, "PUT", "/" + bucket + "/key").send()).startsWith("HTTP/1.1 200");
    for (String number : new String[] {"0", "10001", "-1", "one"}) {
      assertThat(get("/key?partNumber=" + number))
          .startsWith("HTTP/1.1 400")
          .contains("<Code>InvalidArgument</Code>", "<ArgumentName>partNumber</ArgumentName>");
    }
    assertThat(get("/key?partNumber=2")).startsWith("HTTP/1.1 416");
  }

  @Test
  void aHeaderThatAsksForWhatIsNotThereIsRefused() throws IOException {
    String answer =
        new RawS3(SERVER, "PUT", "/" + bucket + "/key")
            .header("x-amz-server-side-encryption", "aws:kms:dsse")
            .send();
    assertThat(answer).startsWith("HTTP/1.1 501");
  }

  @Test
  void aKeyHasAtMost1024Bytes() throws IOException {
    String longest = "/" + "a".repeat(1024);
    assertThat(new RawS3(SERVER, "PUT", "/" + bucket + longest).send()).startsWith("HTTP/1.1 200");
    assertThat(new RawS3(SERVER, "PUT", "/" + bucket + longest + "a").send())
        .contains("<Code>KeyTooLongError</Code>");
  }

  @Test
  void metadataHasAtMostTwoKibibytes() throws IOException {
    assertThat(putWithMetadata(2048 - 1)).startsWith("HTTP/1.1 200");
    assertThat(putWithMetadata(2048)).contains("<Code>MetadataTooLarge</Code>");
  }

  @Test
  void anObjectOfMoreThanFiveGibibytesIsRefusedBeforeItIsSent() throws IOException {
    String answer =
        new RawS3(SERVER, "PUT", "/" + bucket + "/key")
            .header("x-amz-content-sha256", "UNSIGNED-PAYLOAD")
            .header("Content-Length", Long.toString((5L << 30) + 1))
            .header("Expect", "100-continue")
            .send();
    assertThat(answer).startsWith("HTTP/1.1 400").contains("<Code>EntityTooLarge</Code>");
  }

  @Test
  void anXmlBombIsNotExpanded() throws IOException {
    String bomb =
        "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\">"
            + "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><Delete><Object><Key>&b;</Key></Object>"
            + "</Delete>";
    assertThat(delete(bomb)).contains("<Code>MalformedXML</Code>");
  }

  @Test
  void xmlThatFetchesAFileIsRefused() throws IOException {
    String fetching =
        "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
            + "<Delete><Object><Key>&f;</Key></Object></Delete>";
    assertThat(delete(fetching)).contains("<Code>MalformedXML</Code>").doesNotContain("root:");
  }

  @Test
  void xmlThatIsNoneIsRefused() throws IOException {
    for (String text : new String[] {"<", "<Delete>", "hello", "<Other/>", "<Delete/>"}) {
      assertThat(delete(text)).as(text).contains("<Code>MalformedXML</Code>");
    }
    assertThat(delete("<Delete>" + "<a>".repeat(100_000))).contains("<Code>MalformedXML</Code>");
  }

  @Test
  void anEscapeThatIsNoneAndBytesThatAreNotUtf8AreRefused() throws IOException {
    assertThat(get("/%zz")).contains("<Code>InvalidURI</Code>");
    assertThat(get("/%ff%fe")).contains("<Code>InvalidURI</Code>");
  }

  @Test
  void aPathThatClimbsStaysInItsBucket() throws IOException {
    String other = SERVER.bucket();
    assertThat(new RawS3(SERVER, "PUT", "/" + other + "/secret").send()).contains("200");
    assertThat(get("/../" + other + "/secret")).startsWith("HTTP/1.1 404");
    assertThat(get("/..%2f" + other + "%2fsecret")).startsWith("HTTP/1.1 404");
  }

  @Test
  void anErrorToAHeadHasNoBody() throws IOException {
    String answer = new RawS3(SERVER, "HEAD", "/" + bucket + "/nothing").send();
    assertThat(answer).startsWith("HTTP/1.1 404").endsWith("\r\n\r\n").doesNotContain("<Error>");
  }

  private String putWithMetadata(int valueBytes) throws IOException {
    return new RawS3(SERVER, "PUT", "/" + bucket + "/key")
        .header("x-amz-meta-a", "v".repeat(valueBytes))
        .send();
  }

  private String get(String key) throws IOException {
    return new RawS3(SERVER, "GET", "/" + bucket + key).send();
  }

  private String delete(String document) throws IOException {
    return new RawS3(SERVER, "POST", "/" + bucket + "?delete").body(document).send();
  }
}
