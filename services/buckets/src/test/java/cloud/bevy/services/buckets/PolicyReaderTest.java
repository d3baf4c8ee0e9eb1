package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.AccessKeyLimits;
import cloud.bevy.cluster.cloud.Account;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyReaderTest {
  private static final String GOOD =
      "{'Version':'2012-10-17','Id':'x','Statement':[{'Sid':'s','Effect':'Allow','Principal':'*',"
          + "'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'}]}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'Version':'2012-10-17' | 'Version':'2012' | The policy must contain a valid version",
        "'Id':'x' | 'Ix':'x' | Unknown field Ix",
        "'Sid':'s' | 'Sod':'s' | Unknown field Sod",
        "'Effect':'Allow' | 'Effect':'allow' | Invalid effect",
        "'Effect':'Allow', | '' | Missing required field Effect",
        "'Principal':'*' | 'Principal':'ann' | Invalid principal in policy",
        "'Principal':'*' | 'Principal':{'AWS':'x'} | Invalid principal in policy",
        "'Principal':'*' | 'Principal':{} | Invalid principal in policy",
        "'Principal':'*' | 'Principal':{'Who':'*'} | Invalid principal in policy",
        "'Principal':'*', | '' | Missing required field Principal",
        "'Principal':'*' | 'NotPrincipal':'*' | Allow with NotPrincipal is not allowed",
        "'Action':'s3:GetObject' | 'Action':'s3:Fly' | Policy has invalid action",
        "'Action':'s3:GetObject' | 'Action':'ec2:Run' | Policy has invalid action",
        "'Action':'s3:GetObject' | 'Action':[] | Policy has invalid action",
        "'Action':'s3:GetObject' | 'Action':'s3:ListBucket' | Action does not apply",
        "'arn:aws:s3:::b/*' | 'arn:aws:s3:::c/*' | Policy has invalid resource",
        "'arn:aws:s3:::b/*' | 'b/*' | Policy has invalid resource",
        "'arn:aws:s3:::b/*' | 'arn:aws:s3:::b' | Action does not apply",
        "'Sid':'s' | 'Condition':{'Nearly':{'aws:SourceIp':'1'}} | Invalid Condition type",
        "'Sid':'s' | 'Condition':{'IpAddress':{'aws:SourceIp':'1'}} | Invalid IP address",
        "'Sid':'s' | 'Condition':{'Bool':{'x:y':'1'}} | Policy has an invalid condition key",
        "'Sid':'s' | 'Condition':{'Bool':{'aws:SecureTransport':null}} | Policies must be valid",
        "'Sid':'s' | 'Condition':[] | Invalid Condition",
        "]} | ]}} | Policies must be valid JSON",
        "{'V | ['V | Policies must be valid JSON"
      },
      quoteCharacter = '~')
  void whatIsWrongIsSaid(String part, String instead, String reason) {
    assertThat(GOOD).contains(part);
    String text = GOOD.replace(part, instead.equals("''") ? "" : instead).replace('\'', '"');
    assertThat(PolicyReader.read(text, "b"))
        .isInstanceOfSatisfying(
            PolicyReader.Reading.Malformed.class,
            malformed -> assertThat(malformed.reason()).contains(reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'Principal':{'AWS':'*'}",
        "'Principal':{'AWS':['arn:aws:iam::123456789012:root','123456789012']}",
        "'Principal':{'CanonicalUser':'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'}",
        "'Principal':{'Service':'logging.s3.amazonaws.com'}",
        "'NotPrincipal':{'AWS':'arn:aws:iam:::user/team/ann'}"
      })
  void aPrincipalCanBeSaidInManyWays(String principal) {
    String text =
        GOOD.replace("'Principal':'*'", principal).replace("Allow", "Deny").replace('\'', '"');
    assertThat(PolicyReader.read(text, "b")).isInstanceOf(PolicyReader.Reading.Read.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | true",
        "{'StringEquals':{'aws:SourceArn':'x'}} | false",
        "{'StringLike':{'aws:SourceArn':'x*'}} | true",
        "{'StringNotEquals':{'aws:SourceArn':'x'}} | true",
        "{'StringEqualsIfExists':{'aws:SourceArn':'x'}} | true",
        "{'IpAddress':{'aws:SourceIp':'192.0.2.0/24'}} | false",
        "{'IpAddress':{'aws:SourceIp':['192.0.2.0/24','0.0.0.0/0']}} | true",
        "{'IpAddress':{'aws:SourceIp':'10.0.0.0/7'}} | true",
        "{'IpAddress':{'aws:SourceIp':'2001:db8::/32'}} | false",
        "{'Bool':{'aws:SecureTransport':'true'}} | true",
        "{'StringEquals':{'aws:Referer':'https://example.org/'}} | true"
      })
  void aPolicyIsPublicUnlessItSaysWho(String condition, boolean isPublic) {
    String text = GOOD.replace("'Sid':'s'", "'Condition':" + condition).replace('\'', '"');
    assertThat(read(text).isPublic()).isEqualTo(isPublic);
    assertThat(read(text.replace("Allow", "Deny")).isPublic()).isFalse();
  }

  @Test
  void aVariableStandsForWhoAsks() {
    String text = GOOD.replace("b/*", "b/${aws:username}/*").replace('\'', '"');
    assertThat(read(text).effect(request("ann", "ann/cat"))).isEqualTo(Effect.ALLOW);
    assertThat(read(text).effect(request("ann", "bob/cat"))).isEqualTo(Effect.NONE);
    assertThat(read(text).effect(request("*", "bob/cat"))).isEqualTo(Effect.NONE);
    String old = text.replace("2012-10-17", "2008-10-17");
    assertThat(read(old).effect(request("ann", "ann/cat"))).isEqualTo(Effect.NONE);
  }

  @Test
  void allButSomeCanBeMeant() {
    String text =
        GOOD.replace("'Action'", "'NotAction'")
            .replace("'Resource'", "'NotResource'")
            .replace('\'', '"');
    assertThat(read(text).effect(request("ann", "x"))).isEqualTo(Effect.NONE);
    assertThat(read(text.replace("s3:GetObject", "s3:PutObject")).effect(request("ann", "x")))
        .isEqualTo(Effect.NONE);
    assertThat(
            read(text.replace("s3:GetObject", "s3:PutObject").replace("b/*", "b/y"))
                .effect(request("ann", "x")))
        .isEqualTo(Effect.ALLOW);
  }

  @Test
  void aDeepPolicyIsRefused() {
    String deep = "{\"Statement\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
    assertThat(PolicyReader.read(deep, "b")).isInstanceOf(PolicyReader.Reading.Malformed.class);
  }

  @Property(tries = 300)
  void anyOtherTextIsRefused(@ForAll String text) {
    assertThat(PolicyReader.read(text, "b")).isInstanceOf(PolicyReader.Reading.Malformed.class);
  }

  private static AccessRequest request(String user, String key) {
    return new AccessRequest(
        Optional.of(new Account(user, "id", user)),
        AccessKeyLimits.NONE,
        "s3:GetObject",
        "b",
        Optional.of(key),
        Optional.empty(),
        Map.of("aws:username", List.of(user)));
  }

  private static Policy read(String text) {
    return ((PolicyReader.Reading.Read) PolicyReader.read(text, "b")).policy();
  }
}
