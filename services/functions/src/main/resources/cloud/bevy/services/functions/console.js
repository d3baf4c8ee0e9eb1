// Marks what the function writes to its console, so that the node can tell which app wrote it, and
// where one message ends and the next begins. Evaluated before any of the app's own modules.
import { app } from "./app.js";

const START = "\u001e";

for (const level of ["debug", "log", "info", "warn", "error"]) {
  const write = console[level].bind(console);
  const mark = `${START}${app}${START}${level}${START}`;
  console[level] = (...parts) =>
    typeof parts[0] === "string"
      ? write(mark + parts[0].replaceAll(START, ""), ...parts.slice(1))
      : write(mark, ...parts);
}
