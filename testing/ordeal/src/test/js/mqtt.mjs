// npm's mqtt against the broker: node mqtt.mjs URL VERSION, with an access key in the environment.
import assert from "node:assert/strict";
import mqtt from "mqtt";

const [url, version] = [process.argv[2], Number(process.argv[3])];
const five = version === 5;
const run = `${version}-${url.startsWith("ws") ? "ws" : "tcp"}`;

const connect = (options) =>
  mqtt.connectAsync(url, {
    protocolVersion: version,
    username: process.env.AWS_ACCESS_KEY_ID,
    password: process.env.AWS_SECRET_ACCESS_KEY,
    reconnectPeriod: 0,
    ...options,
  });

/** The next `count` messages of a client. */
function messages(client, count) {
  const got = [];
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`only ${got.length} of ${count}`)), 10_000);
    const take = (topic, payload, packet) => {
      got.push({ topic, text: payload.toString(), packet });
      if (got.length === count) {
        clearTimeout(late);
        client.off("message", take);
        resolve(got);
      }
    };
    client.on("message", take);
  });
}

async function qualities() {
  const hearer = await connect({ clientId: `hearer-${run}` });
  await hearer.subscribeAsync(`q/${run}/+`, { qos: 2 });
  const sayer = await connect({ clientId: `sayer-${run}` });
  const heard = messages(hearer, 300);
  for (let i = 0; i < 100; i++) {
    for (const qos of [0, 1, 2]) {
      sayer.publishAsync(`q/${run}/${qos}`, String(i), { qos }).catch((failure) => {
        throw failure;
      });
    }
  }
  const all = await heard;
  for (const qos of [0, 1, 2]) {
    const texts = all.filter(({ topic }) => topic.endsWith(`/${qos}`)).map(({ text }) => text);
    assert.deepEqual(texts, Array.from({ length: 100 }, (_, i) => String(i)));
  }
  await sayer.endAsync();
  await hearer.endAsync();
}

async function sessions() {
  const options = {
    clientId: `lasting-${run}`,
    clean: false,
    ...(five ? { properties: { sessionExpiryInterval: 600 } } : {}),
  };
  const first = await connect(options);
  await first.subscribeAsync(`s/${run}`, { qos: 1 });
  await first.endAsync();
  const sayer = await connect({ clientId: `sayer2-${run}` });
  await sayer.publishAsync(`s/${run}`, "while you were away", { qos: 1 });
  const again = mqtt.connect(url, {
    ...sayer.options,
    ...options,
  });
  const came = messages(again, 1);
  const connack = await new Promise((resolve) => again.once("connect", resolve));
  assert.equal(connack.sessionPresent, true);
  assert.equal((await came)[0].text, "while you were away");
  await again.endAsync();
  await sayer.endAsync();
}

async function wills() {
  const hearer = await connect({ clientId: `heir-${run}` });
  await hearer.subscribeAsync(`w/${run}`, { qos: 1 });
  const will = { topic: `w/${run}`, payload: Buffer.from("gone"), qos: 1, retain: true };
  const dying = await connect({ clientId: `dying-${run}`, will });
  const came = messages(hearer, 1);
  dying.stream.destroy();
  assert.equal((await came)[0].text, "gone");
  const late = await connect({ clientId: `late-${run}` });
  const kept = messages(late, 1);
  await late.subscribeAsync("w/#", { qos: 1 });
  const [{ packet }] = await kept;
  assert.equal(packet.retain, true);
  await late.publishAsync(`w/${run}`, "", { qos: 1, retain: true });
  await late.endAsync();
  await hearer.endAsync();
}

async function properties() {
  const client = await connect({ clientId: `five-${run}`, properties: { topicAliasMaximum: 5 } });
  await client.subscribeAsync(`p/${run}`, { qos: 1, properties: { subscriptionIdentifier: 7 } });
  const came = messages(client, 2);
  const said = {
    contentType: "text/plain",
    responseTopic: "answers",
    correlationData: Buffer.from([1, 2, 3]),
    payloadFormatIndicator: true,
    messageExpiryInterval: 100,
    userProperties: { colour: "red" },
    topicAlias: 1,
  };
  await client.publishAsync(`p/${run}`, "a", { qos: 1, properties: said });
  await client.publishAsync("", "b", { qos: 1, properties: { topicAlias: 1 } });
  const [{ packet }, { topic }] = await came;
  assert.equal(packet.properties.contentType, "text/plain");
  assert.equal(packet.properties.responseTopic, "answers");
  assert.deepEqual([...packet.properties.correlationData], [1, 2, 3]);
  assert.equal(packet.properties.payloadFormatIndicator, true);
  assert.ok(packet.properties.messageExpiryInterval <= 100);
  assert.equal(packet.properties.userProperties.colour, "red");
  assert.equal(packet.properties.subscriptionIdentifier, 7);
  assert.equal(topic, `p/${run}`);
  await client.endAsync();
}

async function sharing() {
  const members = [];
  const heard = [0, 0];
  for (const member of [0, 1]) {
    const client = await connect({ clientId: `member${member}-${run}` });
    client.on("message", () => heard[member]++);
    await client.subscribeAsync(`$share/g/h/${run}`, { qos: 1 });
    members.push(client);
  }
  for (let i = 0; i < 20; i++) {
    await members[0].publishAsync(`h/${run}`, String(i), { qos: 1 });
  }
  for (let i = 0; heard[0] + heard[1] < 20 && i < 100; i++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.deepEqual(heard, [10, 10]);
  await Promise.all(members.map((client) => client.endAsync()));
}

await qualities();
await sessions();
await wills();
if (five) {
  await properties();
}
await sharing();
console.log("ok");
