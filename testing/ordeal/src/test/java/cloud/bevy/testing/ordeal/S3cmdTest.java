package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;

/// s3cmd does with a bucket what it can.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3cmdTest {
  private static final String READABLE =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
        "Action": "s3:GetObject", "Resource": "arn:aws:s3:::open/shown/*"}]}
      """;

  private BevyProcess bevy;
  private Shell shell;
  private Path folder;

  @BeforeAll
  void start(@TempDir Path given) throws Exception {
    Tools.need("s3cmd");
    Tools.need("curl");
    folder = given;
    RealTree.make(folder.resolve("tree"));
    bevy = BevyProcess.start(folder.resolve("home"));
    shell = new Shell(folder, bevy.environment());
    configure();
  }

  @AfterAll
  void stop() {
    if (bevy != null) {
      bevy.close();
    }
  }

  @Test
  void aTreeThatWentUpAndCameDownIsTheSameToTheLastByte() throws Exception {
    s3cmd("mb s3://tree");
    s3cmd("sync --multipart-chunk-size-mb=5 tree/ s3://tree/a/");
    assertThat(s3cmd("sync tree/ s3://tree/a/")).doesNotContain("upload:");
    s3cmd("sync s3://tree/a/ back/");
    shell.run("diff -r tree back").requireSuccess();
    assertThat(s3cmd("ls -r s3://tree").lines())
        .hasSize(Integer.parseInt(shell.run("find tree -type f | wc -l").output().strip()));
    assertThat(s3cmd("del -r --force s3://tree/a/large/")).contains(RealTree.LARGE);
    assertThat(s3cmd("ls s3://tree/a/large/")).isBlank();
    s3cmd("rb --recursive --force s3://tree");
    assertThat(s3cmd("ls")).doesNotContain("s3://tree");
  }

  @Test
  void objectsArePutDescribedCopiedChangedAndDeleted() throws Exception {
    s3cmd("mb s3://one");
    s3cmd("put --multipart-chunk-size-mb=5 tree/" + RealTree.LARGE + " s3://one/large");
    String sum = shell.run("md5sum < tree/" + RealTree.LARGE + " | cut -c-32").output().strip();
    assertThat(s3cmd("info s3://one/large")).contains("MD5 sum:   " + sum);
    assertThat(s3cmd("ls -l s3://one")).containsPattern("[0-9a-f]{32}-[0-9]+ +STANDARD");
    assertThat(s3cmd("multipart s3://one").lines()).as("unfinished uploads").hasSize(2);
    s3cmd("cp --acl-private s3://one/large s3://one/copy");
    s3cmd("mv --acl-private s3://one/copy s3://one/moved");
    s3cmd("modify --acl-private --add-header=Content-Type:text/plain s3://one/moved");
    assertThat(s3cmd("info s3://one/moved")).contains("MIME type: text/plain");
    s3cmd("get s3://one/moved moved");
    shell.run("cmp moved tree/" + RealTree.LARGE).requireSuccess();
    String url = s3cmd("signurl s3://one/moved +60").strip();
    shell.run("curl -sSf '" + url + "' | cmp - moved").requireSuccess();
    assertThat(shell.run("s3cmd -c config rb s3://one").output()).contains("BucketNotEmpty");
    s3cmd("del s3://one/large s3://one/moved");
    s3cmd("rb s3://one");
  }

  @Test
  void accessListsAndPoliciesOpenAndClose() throws Exception {
    S3Client s3 = bevy.s3(bevy.environment());
    s3.createBucket(r -> r.bucket("open").objectOwnership(ObjectOwnership.OBJECT_WRITER));
    s3.deletePublicAccessBlock(r -> r.bucket("open"));
    String status = "curl -sS -o /dev/null -w '%{http_code}' " + bevy.endpoint();
    s3cmd("put tree/docs/buckets.md s3://open/shown/a");
    assertThat(shell.run(status + "/open/shown/a").output()).isEqualTo("403");
    s3cmd("setacl --acl-public s3://open/shown/a");
    assertThat(shell.run(status + "/open/shown/a").output()).isEqualTo("200");
    assertThat(s3cmd("info s3://open/shown/a")).contains("*anon*: READ");
    s3cmd("setacl --acl-private s3://open/shown/a");
    assertThat(shell.run(status + "/open/shown/a").output()).isEqualTo("403");
    Files.writeString(folder.resolve("policy.json"), READABLE);
    s3cmd("setpolicy policy.json s3://open");
    assertThat(s3cmd("info s3://open")).contains("arn:aws:s3:::open/shown/*");
    assertThat(shell.run(status + "/open/shown/a").output()).isEqualTo("200");
    s3cmd("delpolicy s3://open");
    assertThat(shell.run(status + "/open/shown/a").output()).isEqualTo("403");
  }

  private String s3cmd(String arguments) throws IOException, InterruptedException {
    return shell.run("s3cmd -c config --no-progress " + arguments).requireSuccess();
  }

  private void configure() throws IOException, InterruptedException {
    Map<String, String> environment = bevy.environment();
    String text =
        """
        [default]
        access_key = %1$s
        secret_key = %2$s
        host_base = %3$s
        host_bucket = %3$s
        use_https = False
        """;
    Files.writeString(
        folder.resolve("config"),
        text.formatted(
            environment.get("AWS_ACCESS_KEY_ID"),
            environment.get("AWS_SECRET_ACCESS_KEY"),
            bevy.endpoint().getAuthority()));
  }
}
