// What the engine calls: passes requests and events on to the app's default export, and answers for
// it where it throws.
import "./console.js";
import { fed } from "./app.js";
import { app } from "./main.js";

const handler = app.default;
const answers = typeof handler?.fetch === "function";
const listens = typeof handler?.event === "function";
const streams = typeof handler?.stream === "function";
if (!answers && !listens && !streams) {
  throw new TypeError(
    "the main module must `export default { fetch(request, env, ctx) { … } }`, or " +
      "`event(event, env, ctx) { … }` where it is told of events, or " +
      "`stream(batch, env, ctx) { … }` where a table has a feed",
  );
}
if (fed && !streams) {
  throw new TypeError(
    "a table has a feed, so the main module must `export default { stream(batch, env, ctx) { … } }`",
  );
}

function refuse(status, error, message) {
  return Response.json({ error, message }, { status });
}

// The node alone sends this header: it takes it from every other request.
async function tell(request, env, ctx) {
  if (!listens) {
    console.error("there was an event, but the app does not export event(event, env, ctx)");
    return refuse(501, "NoEventHandler", "the app does not export event()");
  }
  await handler.event(await request.json(), env, ctx);
  return new Response(null, { status: 204 });
}

async function feed(request, env, ctx) {
  if (!streams) {
    return refuse(501, "NoStreamHandler", "the app does not export stream()");
  }
  try {
    const answer = await handler.stream(await request.json(), env, ctx);
    const failures = answer?.batchItemFailures ?? [];
    return Response.json({ failures: failures.map((failure) => failure?.itemIdentifier ?? "") });
  } catch (error) {
    const said = error?.stack ?? String(error);
    console.error(said);
    return refuse(500, "FunctionThrew", said);
  }
}

const KINDS = { 1: tell, stream: feed };

async function answer(request, env, ctx) {
  if (!answers) {
    return refuse(404, "NotFound", "the app has no such page");
  }
  const response = await handler.fetch(request, env, ctx);
  if (response instanceof Response) {
    return response;
  }
  throw new TypeError(`fetch() must return a Response, not ${typeof response}`);
}

export default {
  async fetch(request, env, ctx) {
    try {
      return await (KINDS[request.headers.get("bevy-event")] ?? answer)(request, env, ctx);
    } catch (error) {
      console.error(error?.stack ?? String(error));
      return refuse(500, "FunctionThrew", "the function threw an error; its log says which");
    }
  },
};
