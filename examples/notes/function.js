// The notes' API. Pages come from public/; everything else comes here.
import { match } from "./lib/router.js";
import * as notes from "./lib/notes.js";
import * as pictures from "./lib/pictures.js";

const routes = [
  ["GET", "/api/notes", notes.list],
  ["POST", "/api/notes", notes.add],
  ["PUT", "/api/notes/:id", notes.edit],
  ["DELETE", "/api/notes/:id", notes.remove],
  ["GET", "/api/notes/:id/picture", pictures.get],
  ["PUT", "/api/notes/:id/picture", pictures.put],
  ["DELETE", "/api/notes/:id/picture", pictures.remove],
];

export default {
  async fetch(request, env) {
    const found = match(routes, request);
    if (!found) {
      return Response.json({ error: "there is nothing here" }, { status: 404 });
    }
    // Only this app's own pages may change something.
    const origin = request.headers.get("origin");
    if (request.method !== "GET" && origin && origin !== new URL(request.url).origin) {
      return Response.json({ error: "this page may not change notes" }, { status: 403 });
    }
    return found.handler(request, env, found.parameters);
  },
};
