// Finds the handler of a request: `[method, path, handler]`, where `:name` matches one segment.
export function match(routes, request) {
  const segments = new URL(request.url).pathname.split("/");
  for (const [method, path, handler] of routes) {
    const parameters = request.method === method && matchPath(path.split("/"), segments);
    if (parameters) {
      return { handler, parameters };
    }
  }
  return null;
}

function matchPath(pattern, segments) {
  if (pattern.length !== segments.length) {
    return null;
  }
  const parameters = {};
  for (const [at, part] of pattern.entries()) {
    if (part.startsWith(":")) {
      parameters[part.slice(1)] = segments[at];
    } else if (part !== segments[at]) {
      return null;
    }
  }
  return parameters;
}
