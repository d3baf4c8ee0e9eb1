// Pictures in the bucket PICTURES, each under its note's id.
import { change } from "./notes.js";

const TYPES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];
const MAX_BYTES = 10 << 20;

export async function get(request, env, { id }) {
  const picture = await env.PICTURES.get(id);
  if (!picture) {
    return Response.json({ error: "this note has no picture" }, { status: 404 });
  }
  const headers = new Headers({ etag: picture.httpEtag, "x-content-type-options": "nosniff" });
  picture.writeHttpMetadata(headers);
  return new Response(picture.body, { headers });
}

export async function put(request, env, { id }) {
  const contentType = request.headers.get("content-type");
  const length = Number(request.headers.get("content-length"));
  if (!TYPES.includes(contentType) || !(length > 0 && length <= MAX_BYTES)) {
    const error = "a picture is a PNG, JPEG, GIF, WebP or AVIF file of at most 10 MiB";
    return Response.json({ error }, { status: 400 });
  }
  // The picture first: a note must not point to one that is not there.
  await env.PICTURES.put(id, request.body, { httpMetadata: { contentType } });
  return change(env, id, { picture: true, changed: new Date().toISOString() });
}

export async function remove(request, env, { id }) {
  const response = await change(env, id, { picture: false, changed: new Date().toISOString() });
  await env.PICTURES.delete(id);
  return response;
}
