// Stands where the internet would be: a function may not reach anything but its bindings.
function refuse(where) {
  throw new Error(`this function may not reach ${where}: only its tables and buckets`);
}

export default {
  fetch(request) {
    refuse(new URL(request.url).origin);
  },
  connect() {
    refuse("a network address");
  },
};
