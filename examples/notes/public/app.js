// The page: shows the notes and asks the API for every change. What the API says is what is shown.
const list = document.querySelector("#notes");
const empty = document.querySelector("#empty");
const count = document.querySelector("#count");
const message = document.querySelector("#message");
const template = document.querySelector("#note");
const dates = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

async function ask(method, path, body, type) {
  const headers = type ? { "content-type": type } : {};
  const response = await fetch(`api/notes${path}`, { method, headers, body });
  if (response.status === 204) {
    return null;
  }
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.error ?? answer.message ?? `the answer was ${response.status}`);
  }
  return answer;
}

function send(method, path, value) {
  return ask(method, path, JSON.stringify(value), "application/json");
}

// Does something and says so if it does not work; `control` cannot be used meanwhile.
async function attempt(control, action) {
  message.hidden = true;
  control.disabled = true;
  try {
    await action();
  } catch (error) {
    message.textContent = `That did not work: ${error.message}`;
    message.hidden = false;
  } finally {
    control.disabled = false;
    summarise();
  }
}

function summarise() {
  const notes = list.children.length;
  empty.hidden = notes > 0;
  count.textContent = notes === 1 ? "1 note" : `${notes} notes`;
}

function show(item, note) {
  item.querySelector(".text").textContent = note.text;
  const time = item.querySelector("time");
  time.dateTime = note.changed;
  time.textContent = dates.format(new Date(note.changed));
  const image = item.querySelector("img");
  image.hidden = !note.picture;
  if (note.picture) {
    image.src = `api/notes/${note.id}/picture?${encodeURIComponent(note.changed)}`;
    image.alt = `Picture of the note “${note.text.slice(0, 60)}”`;
  } else {
    image.removeAttribute("src");
  }
}

function element(note) {
  const item = template.content.firstElementChild.cloneNode(true);
  item.dataset.id = note.id;
  const text = item.querySelector(".text");
  const form = item.querySelector(".edit");
  const start = item.querySelector(".start");
  const field = form.elements.text;
  const editing = (on) => {
    form.hidden = !on;
    text.hidden = on;
    start.hidden = on;
    (on ? field : start).focus();
  };
  start.addEventListener("click", () => {
    field.value = text.textContent;
    editing(true);
  });
  item.querySelector(".cancel").addEventListener("click", () => editing(false));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(event.submitter, async () => {
      show(item, await send("PUT", `/${note.id}`, { text: field.value }));
      editing(false);
    });
  });
  item.querySelector(".delete").addEventListener("click", (event) => {
    attempt(event.currentTarget, async () => {
      await ask("DELETE", `/${note.id}`);
      item.remove();
    });
  });
  item.querySelector(".attach").addEventListener("change", (event) => {
    const input = event.currentTarget;
    const [file] = input.files;
    if (file) {
      attempt(input, async () => {
        show(item, await ask("PUT", `/${note.id}/picture`, file, file.type));
        input.value = "";
      });
    }
  });
  show(item, note);
  return item;
}

document.querySelector("#add").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.currentTarget;
  const [file] = form.elements.picture.files;
  attempt(event.submitter, async () => {
    const note = await send("POST", "", { text: form.elements.text.value });
    const item = element(note);
    list.prepend(item);
    form.elements.text.value = "";
    form.elements.text.focus();
    if (file) {
      show(item, await ask("PUT", `/${note.id}/picture`, file, file.type));
      form.elements.picture.value = "";
    }
  });
});

attempt(list, async () => {
  const { notes } = await ask("GET", "");
  list.replaceChildren(...notes.map(element));
  list.setAttribute("aria-busy", "false");
});
