// Notes in the table NOTES: { id, text, created, changed, picture }.
const MAX_TEXT = 10_000;

export async function list(request, env) {
  const notes = [];
  let after;
  do {
    const page = await env.NOTES.scan({ after });
    notes.push(...page.items);
    after = page.next;
  } while (after);
  notes.sort((one, other) => other.created.localeCompare(one.created));
  return Response.json({ notes });
}

export async function add(request, env) {
  const text = await readText(request);
  if (text === null) {
    return refuse();
  }
  const now = new Date().toISOString();
  const note = { id: crypto.randomUUID(), text, created: now, changed: now, picture: false };
  await env.NOTES.put(note, { condition: "attribute_not_exists(id)" });
  return Response.json(note, { status: 201 });
}

export async function edit(request, env, { id }) {
  const text = await readText(request);
  return text === null ? refuse() : change(env, id, { text, changed: new Date().toISOString() });
}

export async function remove(request, env, { id }) {
  await env.NOTES.delete(id);
  await env.PICTURES.delete(id);
  return new Response(null, { status: 204 });
}

// Changes a note that is there; a note that was deleted meanwhile is not brought back.
export async function change(env, id, set) {
  try {
    return Response.json(await env.NOTES.update(id, { set, condition: "attribute_exists(id)" }));
  } catch (error) {
    if (error.name === "ConditionFailed") {
      return Response.json({ error: "this note was deleted" }, { status: 404 });
    }
    throw error;
  }
}

async function readText(request) {
  const { text } = await request.json().catch(() => ({}));
  const good = typeof text === "string" && text.trim() !== "" && text.length <= MAX_TEXT;
  return good ? text.trim() : null;
}

function refuse() {
  const error = `a note has 1 to ${MAX_TEXT} characters`;
  return Response.json({ error }, { status: 400 });
}
