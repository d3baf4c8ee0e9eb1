package cloud.bevy.services.functions;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.Lease;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FunctionsTest extends FunctionsFixture {
  @BeforeEach
  void needsTheEngine() {
    assumeEngine();
  }

  @Test
  void aFunctionAnswersWithWhatItReturns() throws Exception {
    function(
        "return new Response(request.method + url.pathname + url.search + await request.text(),"
            + " { status: 201, headers: { 'x-a': request.headers.get('x-a') } });");
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(uri("/a%20b?c=d"))
                .header("x-a", "1")
                .POST(HttpRequest.BodyPublishers.ofString("body")));
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).isEqualTo("POST/a%20b?c=dbody");
    assertThat(response.headers().firstValue("x-a")).contains("1");
  }

  @Test
  void modulesImportEachOther() throws Exception {
    deploy(
        Map.of(
            "bevy.json", "{\"main\": \"src/main.js\"}",
            "src/main.js",
                "import { f } from '../lib/f.js'; import j from './j.json';"
                    + "import t from './t.txt'; "
                    + source("return new Response(f(j.a) + t);"),
            "lib/f.js", "export const f = (a) => a + 1;",
            "src/j.json", "{\"a\": 41}",
            "src/t.txt", "!"));
    assertThat(get("/").body()).isEqualTo("42!");
  }

  @Test
  void bodiesStreamBothWays() throws Exception {
    function("return new Response(request.body);");
    byte[] large = "0123456789abcdef".repeat(1 << 18).getBytes(StandardCharsets.UTF_8);
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(uri("/"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(large))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.body()).isEqualTo(large);
  }

  @Test
  void variablesAreInTheEnvironment() throws Exception {
    deploy(
        Map.of(
            "bevy.json",
            "{\"vars\": {\"TITLE\": \"a \\\"b\\\" \\\\ ü\\n\"}}",
            "function.js",
            source("return new Response(env.TITLE);")));
    assertThat(get("/").body()).isEqualTo("a \"b\" \\ ü\n");
  }

  @Test
  void anErrorIsAnsweredWithoutItsTextAndLoggedWithItsPlace() throws Exception {
    function("console.log('got', { a: 1 }); throw new Error('secret');");
    HttpResponse<String> response = get("/");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("FunctionThrew").doesNotContain("secret");
    functions.close();
    assertThat(logs()).contains("log got { a: 1 }", "error Error: secret", "function.js:1");
  }

  @Test
  void logsAreThereAfterTheCloudSlept() throws Exception {
    function("console.warn('line 1\\nline 2'); return new Response('ok');");
    get("/");
    server.close();
    lease.close();
    clouds.close();
    clouds =
        cloud.bevy.cluster.cloud.Clouds.open(
            world, home.resolve("clouds"), cloud.bevy.cluster.cloud.CloudLimits.defaults());
    lease = clouds.open("home").orElseThrow();
    functions = functions();
    assertThat(logs()).contains("warn line 1\nline 2");
  }

  @Test
  void theNextDeploymentAnswersFromThenOn() throws Exception {
    for (int version = 1; version <= 3; version++) {
      function("return new Response('version " + version + "');");
      assertThat(get("/").body()).isEqualTo("version " + version);
    }
    assertThat(functions.list(cloud())).hasSize(1);
    assertThat(functions.list(cloud()).getFirst().place().deployment()).isEqualTo(3);
  }

  @Test
  void aBrokenFunctionIsNotDeployed() throws Exception {
    function("return new Response('good');");
    assertThat(deploy(Map.of("function.js", "export default {")))
        .isInstanceOfSatisfying(
            Deployment.Refused.class,
            refused -> assertThat(refused.reason()).contains("does not start", "SyntaxError"));
    assertThat(deploy(Map.of("function.js", "export const a = 1;")))
        .isInstanceOfSatisfying(
            Deployment.Refused.class,
            refused -> assertThat(refused.reason()).contains("export default { fetch"));
    assertThat(get("/").body()).isEqualTo("good");
  }

  @Test
  void aRemovedAppIsGone() throws Exception {
    function("return new Response('here');");
    assertThat(get("/").body()).isEqualTo("here");
    assertThat(functions.remove(cloud(), "app")).isTrue();
    assertThat(get("/").body()).isEqualTo("no such app");
    assertThat(functions.remove(cloud(), "app")).isFalse();
    assertThat(functions.list(cloud())).isEmpty();
  }

  @Test
  void aTableTakesAndGivesPlainObjects() throws Exception {
    deployWithBindings(
        "await env.NOTES.put({ id: 'a', n: 1.5, big: 12345678901234567890n, ok: true, no: null,"
            + " l: [1, 'x'], m: { b: new Uint8Array([1, 2]) }, s: new Set(['p']), u: undefined },"
            + " { condition: 'attribute_not_exists(id)' });"
            + " const item = await env.NOTES.get('a');"
            + " return Response.json({ ...item, s: [...item.s] });");
    memory.answer(200, "{'Item': {'id': {'S': 'a'}, 'n': {'N': '7'}, 's': {'SS': ['q']}}}");
    assertThat(get("/").body()).isEqualTo("{\"id\":\"a\",\"n\":7,\"s\":[\"q\"]}");
    assertThat(memory.asked)
        .contains(
            ("PutItem {'TableName':'app-notes','Item':{'id':{'S':'a'},'n':{'N':'1.5'},"
                    + "'big':{'N':'12345678901234567890'},'ok':{'BOOL':true},'no':{'NULL':true},"
                    + "'l':{'L':[{'N':'1'},{'S':'x'}]},'m':{'M':{'b':{'B':'AQI='}}},"
                    + "'s':{'SS':['p']}},'ConditionExpression':'attribute_not_exists(id)'}")
                .replace('\'', '"'),
            "GetItem {'TableName':'app-notes','Key':{'id':{'S':'a'}},'ConsistentRead':true}"
                .replace('\'', '"'));
  }

  @Test
  void aConditionThatFailsIsAnErrorWithAName() throws Exception {
    deployWithBindings(
        "try { await env.NOTES.put({ id: 'a' }); } catch (e) { return new Response(e.name); }");
    memory.answer(400, "{'__type': 'x#ConditionalCheckFailedException', 'message': 'no'}");
    assertThat(get("/").body()).isEqualTo("ConditionFailed");
  }

  @Test
  void queriesAndUpdatesAreWrittenAsExpressions() throws Exception {
    deployWithBindings(
        "await env.NOTES.query('p', { sort: { between: [1, 2] }, reverse: true, limit: 3 });"
            + " await env.NOTES.update('p', { set: { a: 1 }, add: { n: 2 }, remove: ['x'] });"
            + " return new Response('ok');");
    memory.answer(200, "{'Items': [], 'Attributes': {}}");
    assertThat(get("/").body()).isEqualTo("ok");
    String asked = String.join("\n", memory.asked);
    assertThat(asked)
        .contains(
            "\"KeyConditionExpression\":\"#bevy0 = :bevy0 AND #bevy1 BETWEEN :bevy1 AND :bevy2\"")
        .contains("\"ScanIndexForward\":false", "\"Limit\":3")
        .contains("\"UpdateExpression\":\"SET #bevy0 = :bevy0 ADD #bevy1  :bevy1 REMOVE #bevy2\"");
  }

  @Test
  void aBucketKeepsObjectsWithTheirMetadata() throws Exception {
    deployWithBindings(
        "const put = await env.PICTURES.put('a/../ü +%.png', request.body,"
            + " { httpMetadata: { contentType: 'image/png' }, customMetadata: { who: 'ü' } });"
            + " const got = await env.PICTURES.get(put.key, { range: { offset: 1, length: 3 } });"
            + " const all = await env.PICTURES.list({ prefix: 'a' });"
            + " return Response.json([put.size, await got.text(), got.httpMetadata.contentType,"
            + " got.customMetadata.who, all.objects.map((o) => o.key), all.truncated,"
            + " await env.PICTURES.head('absent')]);");
    HttpResponse<String> response =
        send(HttpRequest.newBuilder(uri("/")).POST(HttpRequest.BodyPublishers.ofString("hello")));
    assertThat(response.body())
        .isEqualTo("[5,\"ell\",\"image/png\",\"ü\",[\"a/../ü +%.png\"],false,null]");
    assertThat(memory.metadata("a/../ü +%.png")).containsEntry("who", "ü");
  }

  @Test
  void anObjectStreamsThroughTheFunction() throws Exception {
    deployWithBindings(
        "await env.PICTURES.put('k', request.body);"
            + " const got = await env.PICTURES.get('k'); return new Response(got.body);");
    String large = "0123456789abcdef".repeat(1 << 17);
    assertThat(
            send(HttpRequest.newBuilder(uri("/")).POST(HttpRequest.BodyPublishers.ofString(large)))
                .body())
        .isEqualTo(large);
  }

  @Test
  void reachTheNetworkFromAFunction() throws Exception {
    function(
        "const tried = [];"
            + " for (const u of ['http://127.0.0.1:"
            + server.address().getPort()
            + "/',"
            + " 'https://example.com/', 'http://bevy/table/x/Scan', 'unix:/sockets/node'])"
            + " try { await fetch(u); tried.push('reached'); } catch (e) { tried.push(e.message); }"
            + " return new Response(tried.join('\\n'));");
    assertThat(get("/").body())
        .contains("may not reach http://127.0.0.1", "may not reach https://example.com")
        .doesNotContain("reached");
  }

  /// A function shares its realm with the bindings, and can change what they use: it tries to send
  /// another app's name, and to ask for another table.
  @Test
  void pretendToBeAnotherApp() throws Exception {
    memory.answer(200, "{'Item': {'id': {'S': 'a'}}}");
    deployWithBindings(
        "const write = JSON.stringify; const tried = [];"
            + " Object.prototype.headers = { 'bevy-app': 'other' };"
            + " for (const as of [write, () => '{\"TableName\":\"secret\"}']) {"
            + "   JSON.stringify = as;"
            + "   try { tried.push('got ' + (await env.NOTES.get('a')).id); }"
            + "   catch (e) { tried.push(e.name); } }"
            + " delete Object.prototype.headers; JSON.stringify = write;"
            + " return new Response(tried.join());");
    assertThat(get("/").body()).isEqualTo("got a,AccessDeniedException");
    assertThat(memory.asked).noneMatch(each -> each.contains("secret"));
  }

  @Test
  void aCloudDoesNotSeeAnotherOnesApps() throws Exception {
    function("return new Response('mine');");
    clouds.create("other");
    try (Lease other = clouds.open("other").orElseThrow()) {
      assertThat(functions.list(other.cloud())).isEmpty();
    }
  }

  private void deployWithBindings(String code) throws IOException {
    Deployment deployment =
        deploy(
            Map.of(
                "bevy.json",
                "{\"tables\": {\"NOTES\": {\"sortKey\": \"at:N\"}},"
                    + " \"buckets\": {\"PICTURES\": \"\"}}",
                "function.js",
                source(code)));
    assertThat(deployment).isInstanceOf(Deployment.Deployed.class);
    assertThat(memory.asked).contains("create app-pictures");
  }

  private String logs() {
    return functions.logs(cloud(), "app").orElseThrow().stream()
        .map(line -> line.level() + ' ' + line.text())
        .collect(Collectors.joining("\n"));
  }
}
