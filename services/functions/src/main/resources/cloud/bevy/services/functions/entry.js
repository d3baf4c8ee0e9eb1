// What the engine calls: passes requests on to the app's default export, and answers for it where
// it throws.
import "./console.js";
import { app } from "./main.js";

const handler = app.default;
if (typeof handler?.fetch !== "function") {
  throw new TypeError("the main module must `export default { fetch(request, env, ctx) { … } }`");
}

export default {
  async fetch(request, env, ctx) {
    try {
      const response = await handler.fetch(request, env, ctx);
      if (response instanceof Response) {
        return response;
      }
      throw new TypeError(`fetch() must return a Response, not ${typeof response}`);
    } catch (error) {
      console.error(error?.stack ?? String(error));
      const message = "the function threw an error; its log says which";
      return Response.json({ error: "FunctionThrew", message }, { status: 500 });
    }
  },
};
