package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

class PostObjectTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  @Test
  void aFormsFileIsStored() throws IOException {
    String bucket = SERVER.bucket();
    assertThat(new Form(bucket).file("hello").post()).startsWith("HTTP/1.1 204");
    assertThat(text(bucket, "a/b")).isEqualTo("hello");
  }

  @Test
  void aFileOfManyBytesIsStoredByteForByte() throws IOException {
    String bucket = SERVER.bucket();
    String large = "--\r\n-\r\n--Y\r\r\n-".repeat(40_000);
    assertThat(new Form(bucket).file(large).post()).startsWith("HTTP/1.1 204");
    assertThat(text(bucket, "a/b")).isEqualTo(large);
  }

  @Test
  void aFormMayBeSignedWithVersion2() throws IOException {
    String bucket = SERVER.bucket();
    assertThat(new Form(bucket).old().file("hello").post()).startsWith("HTTP/1.1 204");
    assertThat(text(bucket, "a/b")).isEqualTo("hello");
  }

  @Test
  void fieldsAreKeptAsHeadersAndMetadata() throws IOException {
    String bucket = SERVER.bucket();
    Form form = new Form(bucket).field("Content-Type", "text/plain");
    assertThat(form.field("x-amz-meta-Colour", "grün").file("x").post()).contains("204");
    HeadObjectResponse head = SERVER.client().headObject(r -> r.bucket(bucket).key("a/b"));
    assertThat(head.contentType()).isEqualTo("text/plain");
    assertThat(head.metadata()).containsKey("colour");
  }

  @Test
  void theFilesNameMayBePartOfTheKey() throws IOException {
    String bucket = SERVER.bucket();
    Form form = new Form(bucket).condition("[\"starts-with\",\"$key\",\"up/\"]");
    assertThat(form.key("up/${filename}").file("x").post()).contains("204");
    assertThat(text(bucket, "up/photo.png")).isEqualTo("x");
  }

  @Test
  void functionsAreToldOfAFormsFileAsAPost() throws Exception {
    String bucket =
        TestFunctions.told(SERVER.client(), SERVER.bucket(), Event.S3_OBJECT_CREATED_POST);
    SERVER.client().putObject(r -> r.bucket(bucket).key("put"), RequestBody.fromString("x"));
    assertThat(new Form(bucket).file("hello").post()).startsWith("HTTP/1.1 204");
    assertThat(SERVER.functions().next(1).getFirst())
        .contains("\"eventName\":\"ObjectCreated:Post\"", "\"key\":\"a/b\",\"size\":5");
  }

  @ParameterizedTest
  @CsvSource({"200,200", "201,201", "204,204", "404,204"})
  void theStatusOfSuccessMayBeChosen(String asked, String answered) throws IOException {
    String answer =
        new Form(SERVER.bucket()).field("success_action_status", asked).file("x").post();
    assertThat(answer).startsWith("HTTP/1.1 " + answered);
    assertThat(answer.contains("<PostResponse>")).isEqualTo(asked.equals("201"));
  }

  @Test
  void theBrowserIsSentWhereTheFormSays() throws IOException {
    String bucket = SERVER.bucket();
    String answer =
        new Form(bucket)
            .field("success_action_redirect", "http://example.com/done")
            .file("hello")
            .post();
    assertThat(answer)
        .startsWith("HTTP/1.1 303")
        .contains(
            "http://example.com/done?bucket="
                + bucket
                + "&key=a%2Fb&etag=%225d41402abc4b2a76b9719d911017c592%22");
  }

  @Test
  void aFormWithoutAPolicyIsDenied() throws IOException {
    Form form = new Form(SERVER.bucket());
    form.signed = false;
    assertThat(form.file("x").post()).contains("403", "<Code>AccessDenied</Code>");
  }

  @Test
  void anUnsignedFormIsTakenWhereEverybodyMayWrite() throws IOException {
    String bucket = SERVER.bucket();
    SERVER.client().putBucketAcl(r -> r.bucket(bucket).acl("public-read-write"));
    Form form = new Form(bucket);
    form.signed = false;
    form.uncovered.put(
        "tagging", "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>");
    assertThat(form.file("x").post()).startsWith("HTTP/1.1 204");
    assertThat(text(bucket, "a/b")).isEqualTo("x");
    assertThat(SERVER.client().getObjectTagging(r -> r.bucket(bucket).key("a/b")).tagSet())
        .hasSize(1);
  }

  @Test
  void aFormThatWasSignedWithAnotherKeyIsRefused() throws IOException {
    Form form = new Form(SERVER.bucket());
    form.secret = "another";
    assertThat(form.file("x").post()).contains("403", "<Code>SignatureDoesNotMatch</Code>");
  }

  @Test
  void aPolicyThatIsOverIsDenied() throws IOException {
    Form form = new Form(SERVER.bucket());
    form.expiration = Instant.now().minus(Duration.ofMinutes(1)).toString();
    assertThat(form.file("x").post()).contains("403", "Policy expired.");
  }

  @Test
  void aFieldThatIsNotAsThePolicySaysIsDenied() throws IOException {
    Form form = new Form(SERVER.bucket()).condition("[\"eq\",\"$x-amz-meta-a\",\"1\"]");
    assertThat(form.field("x-amz-meta-a", "2").file("x").post())
        .contains("403", "Policy Condition failed");
  }

  @Test
  void aFieldThatThePolicyDoesNotNameIsDenied() throws IOException {
    Form form = new Form(SERVER.bucket());
    form.uncovered.put("x-amz-meta-a", "1");
    assertThat(form.file("x").post()).contains("403", "Extra input fields: x-amz-meta-a");
  }

  @Test
  void fieldsToBeIgnoredNeedNoCondition() throws IOException {
    Form form = new Form(SERVER.bucket());
    form.uncovered.put("x-ignore-a", "1");
    assertThat(form.file("x").post()).startsWith("HTTP/1.1 204");
  }

  @Test
  void aFormForAnotherBucketIsDenied() throws IOException {
    Form form = new Form(SERVER.bucket());
    form.postedTo = SERVER.bucket();
    assertThat(form.file("x").post()).contains("403", "Policy Condition failed");
  }

  @ParameterizedTest
  @CsvSource({"0,2,EntityTooLarge", "4,9,EntityTooSmall"})
  void aFileOfAnotherSizeIsRefusedAndNotStored(int least, int most, String code)
      throws IOException {
    String bucket = SERVER.bucket();
    Form form = new Form(bucket).condition("[\"content-length-range\"," + least + "," + most + "]");
    assertThat(form.file("abc").post()).contains("400", "<Code>" + code + "</Code>");
    S3Refusals.assertRefused(S3Error.NO_SUCH_KEY, () -> text(bucket, "a/b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\":\"b\",\"c\":\"d\"}",
        "[\"content-length-range\",0]",
        "[\"content-length-range\",-1,0]",
        "[\"like\",\"$key\",\"a\"]",
        "[\"eq\",\"key\",\"a/b\"]",
        "7",
        "["
      })
  void aPolicyThatCannotBeReadIsRefused(String condition) throws IOException {
    assertThat(new Form(SERVER.bucket()).condition(condition).file("x").post())
        .contains("400", "<Code>InvalidPolicyDocument</Code>");
  }

  @Test
  void aFormWithoutAKeyIsRefused() throws IOException {
    Form form = new Form(SERVER.bucket());
    form.fields.remove("key");
    assertThat(form.file("x").post())
        .contains("400", "<Code>InvalidArgument</Code>", "named 'key'");
  }

  @Test
  void aFormWithoutAFileIsRefused() throws IOException {
    assertThat(new Form(SERVER.bucket()).post())
        .contains("400", "POST requires exactly one file upload per request.");
  }

  @Test
  void aFormThatIsCutShortIsRefusedAndNotStored() throws IOException {
    String bucket = SERVER.bucket();
    Form form = new Form(bucket).file("hello");
    form.end = "";
    assertThat(form.post()).contains("400", "<Code>MalformedPOSTRequest</Code>");
    S3Refusals.assertRefused(S3Error.NO_SUCH_KEY, () -> text(bucket, "a/b"));
  }

  @Test
  void fieldsOfMoreThan20KibBeforeTheFileAreRefused() throws IOException {
    String long20 = "a".repeat((20 << 10) + 1);
    assertThat(new Form(SERVER.bucket()).field("x-amz-meta-a", long20).file("x").post())
        .contains("400", "<Code>MaxPostPreDataLengthExceeded</Code>");
  }

  @Test
  void aWrongChecksumInAFormIsRefused() throws IOException {
    assertThat(new Form(SERVER.bucket()).field("x-amz-checksum-crc32", "AAAAAA==").file("x").post())
        .contains("400", "<Code>BadDigest</Code>");
  }

  @Test
  void whatIsNoFormIsRefused() throws IOException {
    String bucket = SERVER.bucket();
    assertThat(new RawS3(SERVER, "POST", "/" + bucket).body("x").send())
        .contains("412", "<Code>PreconditionFailed</Code>");
  }

  private static String text(String bucket, String key) {
    return SERVER.client().getObjectAsBytes(r -> r.bucket(bucket).key(key)).asUtf8String();
  }

  /// A form with its policy, which allows all its fields unless it is told otherwise.
  private static final class Form {
    private final String bucket;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final Map<String, String> uncovered = new LinkedHashMap<>();
    private final StringBuilder conditions = new StringBuilder();
    private String expiration = Instant.now().plus(Duration.ofHours(1)).toString();
    private String secret = SERVER.key().secret();
    private String postedTo;
    private String file = "";
    private String end = "\r\n--X--\r\n";
    private boolean signed = true;
    private boolean old;
    private boolean ownKeyCondition = true;

    Form(String bucket) {
      this.bucket = bucket;
      this.postedTo = bucket;
      fields.put("key", "a/b");
    }

    Form key(String key) {
      fields.put("key", key);
      ownKeyCondition = false;
      return this;
    }

    Form old() {
      old = true;
      return this;
    }

    Form field(String name, String value) {
      fields.put(name, value);
      return this;
    }

    Form condition(String json) {
      conditions.append(',').append(json);
      return this;
    }

    Form file(String text) {
      file =
          "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\photo.png\"\r\n"
              + "Content-Type: image/png\r\n\r\n"
              + text;
      return this;
    }

    String post() throws IOException {
      StringBuilder body = new StringBuilder();
      if (signed) {
        sign();
      }
      fields.putAll(uncovered);
      fields.forEach((name, value) ->
          body.append("--X\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n")
              .append(value)
              .append("\r\n"));
      body.append(file.isEmpty() ? "--X--\r\n" : file + end);
      int length = body.toString().getBytes(StandardCharsets.UTF_8).length;
      return new RawS3(SERVER, "POST", "/" + postedTo)
          .header("Host", "127.0.0.1:" + SERVER.address().getPort())
          .header("Content-Type", "multipart/form-data; boundary=X")
          .header("Content-Length", Integer.toString(length))
          .body(body.toString())
          .sendUnsigned();
    }

    private void sign() {
      String time = TIME.format(Instant.now());
      CredentialScope scope = new CredentialScope(time.substring(0, 8), "us-east-1", "s3");
      if (!old) {
        fields.put("x-amz-algorithm", "AWS4-HMAC-SHA256");
        fields.put("x-amz-credential", SERVER.key().id() + "/" + scope.text());
        fields.put("x-amz-date", time);
      }
      String policy = Base64.getEncoder().encodeToString(policy().getBytes(StandardCharsets.UTF_8));
      fields.put("policy", policy);
      if (old) {
        fields.put("AWSAccessKeyId", SERVER.key().id());
        fields.put("signature", hmac(policy));
      } else {
        fields.put("x-amz-signature", SigningKey.of(secret, scope).sign(policy));
      }
    }

    private String policy() {
      StringBuilder all = new StringBuilder("{\"bucket\":\"" + bucket + "\"}");
      fields.forEach((name, value) -> {
        if (!conditions.toString().contains("$" + name + '"')
            && (ownKeyCondition || !name.equals("key"))) {
          all.append(",{\"" + name + "\":\"" + value + "\"}");
        }
      });
      return "{\"expiration\":\"" + expiration + "\",\"conditions\":[" + all + conditions + "]}";
    }

    private String hmac(String text) {
      try {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return Base64.getEncoder()
            .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
