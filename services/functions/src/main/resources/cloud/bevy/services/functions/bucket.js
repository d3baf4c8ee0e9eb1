// env.<BUCKET>: a bucket, in the manner of the R2 binding of Workers.

const META = "bevy-object";

function pack(value) {
  return encodeURIComponent(JSON.stringify(value));
}

function unpack(text) {
  return JSON.parse(decodeURIComponent(text));
}

class BucketObject {
  constructor({ key, size, etag, uploaded, contentType, metadata }) {
    this.key = key;
    this.size = size;
    this.etag = etag;
    this.httpEtag = `"${etag}"`;
    this.uploaded = new Date(uploaded);
    this.httpMetadata = contentType ? { contentType } : {};
    this.customMetadata = metadata;
  }

  writeHttpMetadata(headers) {
    if (this.httpMetadata.contentType) {
      headers.set("content-type", this.httpMetadata.contentType);
    }
  }
}

class BucketObjectBody extends BucketObject {
  #response;

  constructor(description, response) {
    super(description);
    this.#response = response;
  }

  get body() {
    return this.#response.body;
  }

  get bodyUsed() {
    return this.#response.bodyUsed;
  }

  text() {
    return this.#response.text();
  }

  json() {
    return this.#response.json();
  }

  arrayBuffer() {
    return this.#response.arrayBuffer();
  }

  blob() {
    return this.#response.blob();
  }
}

class Bucket {
  #node;
  #bucket;

  constructor(node, bucket) {
    this.#node = node;
    this.#bucket = bucket;
  }

  // The object's description, or null.
  async head(key) {
    const response = await this.#call("HEAD", key);
    return response && new BucketObject(unpack(response.headers.get(META)));
  }

  // The object with its bytes, or null. `range` is { offset, length } or { suffix }.
  async get(key, { range } = {}) {
    const headers = range ? { range: rangeHeader(range) } : {};
    const response = await this.#call("GET", key, { headers });
    return response && new BucketObjectBody(unpack(response.headers.get(META)), response);
  }

  // Stores a string, bytes, a Blob or a stream under a key, whatever was there.
  async put(key, value, { httpMetadata, customMetadata = {} } = {}) {
    const type =
      httpMetadata instanceof Headers
        ? httpMetadata.get("content-type")
        : (httpMetadata?.contentType ?? (value instanceof Blob && value.type));
    const headers = { [META]: pack({ contentType: type || "", metadata: customMetadata }) };
    const response = await this.#call("PUT", key, { headers, body: value ?? "" });
    return new BucketObject(await response.json());
  }

  // Deletes a key, or each of an array. Nothing happens where there is none.
  async delete(keys) {
    for (const key of [keys].flat()) {
      await this.#call("DELETE", key);
    }
  }

  // One page of the bucket in the order of its keys.
  async list({ prefix = "", delimiter = "", cursor = "", limit = 1000 } = {}) {
    const query = new URLSearchParams({ prefix, delimiter, cursor, limit });
    const response = await this.#fetch(`http://bevy/list/${this.#bucket}?${query}`, {});
    const page = await response.json();
    return {
      objects: page.objects.map((description) => new BucketObject(description)),
      delimitedPrefixes: page.prefixes,
      truncated: page.cursor !== "",
      ...(page.cursor !== "" && { cursor: page.cursor }),
    };
  }

  // What the search index of the bucket finds, the best first: search("cold beer", { limit: 5 }) in
  // Lucene's syntax, or search({ query: { match: { text: "beer" } } }) as OpenSearch has it.
  async search(sought, { limit, highlight } = {}) {
    const search =
      typeof sought === "string" ? { query: { query_string: { query: sought } } } : { ...sought };
    if (limit !== undefined) {
      search.size = limit;
    }
    if (highlight) {
      search.highlight = { fields: Object.fromEntries(highlight.map((field) => [field, {}])) };
    }
    const url = `http://bevy/search/${this.#bucket}`;
    const response = await this.#fetch(url, { method: "POST", body: JSON.stringify(search) });
    const answer = await response.json();
    const hits = answer.hits.hits.map(({ _id, _score, _source, sort, highlight }) => ({
      key: _id,
      ...(_source && { document: _source }),
      ...(_score != null && { score: _score }),
      ...(sort && { sort }),
      ...(highlight && { highlight }),
    }));
    return {
      keys: hits.map((hit) => hit.key),
      hits,
      total: answer.hits.total?.value ?? null,
      aggregations: answer.aggregations ?? {},
    };
  }

  async #call(method, key, options = {}) {
    // In the query, because a path would lose keys such as "..".
    const url = `http://bevy/object/${this.#bucket}?key=${encodeURIComponent(key)}`;
    return this.#fetch(url, { method, ...options });
  }

  async #fetch(url, options) {
    const response = await this.#node.fetch(url, options);
    if (response.status === 404 && response.headers.has("bevy-absent")) {
      return null;
    }
    if (!response.ok) {
      const { error, message } = await response.json().catch(() => ({}));
      throw Object.assign(new Error(message ?? `the bucket answered ${response.status}`), {
        name: error ?? "BucketError",
      });
    }
    return response;
  }
}

function rangeHeader({ offset = 0, length, suffix }) {
  if (suffix !== undefined) {
    return `bytes=-${suffix}`;
  }
  return length === undefined ? `bytes=${offset}-` : `bytes=${offset}-${offset + length - 1}`;
}

export default function ({ node, bucket }) {
  return new Bucket(node, bucket);
}
