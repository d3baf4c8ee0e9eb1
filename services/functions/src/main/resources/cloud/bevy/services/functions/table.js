// env.<TABLE>: a table with plain JavaScript objects in and out.

export class ConditionFailed extends Error {
  name = "ConditionFailed";
}

class TableError extends Error {
  constructor(type, message) {
    super(message);
    this.name = type;
  }
}

const SETS = { string: "SS", number: "NS", bigint: "NS", object: "BS" };

function number(value) {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new TypeError(`a table cannot hold ${value}`);
  }
  return String(value);
}

function bytes(value) {
  const view = ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value);
  let text = "";
  for (let at = 0; at < view.length; at += 0x8000) {
    text += String.fromCharCode(...view.subarray(at, at + 0x8000));
  }
  return btoa(text);
}

function set(values) {
  const type = SETS[typeof values[0]];
  const write = { SS: String, NS: number, BS: bytes }[type];
  if (!write || values.some((value) => SETS[typeof value] !== type)) {
    throw new TypeError("a set must hold strings, numbers or byte arrays, of one kind, and one at least");
  }
  return { [type]: values.map(write) };
}

function marshal(value) {
  switch (typeof value) {
    case "string":
      return { S: value };
    case "number":
    case "bigint":
      return { N: number(value) };
    case "boolean":
      return { BOOL: value };
    case "object":
      return marshalObject(value);
    default:
      throw new TypeError(`a table cannot hold a ${typeof value}`);
  }
}

function marshalObject(value) {
  if (value === null) {
    return { NULL: true };
  }
  if (Array.isArray(value)) {
    return { L: value.map(marshal) };
  }
  if (value instanceof Set) {
    return set([...value]);
  }
  if (value instanceof Date) {
    return { S: value.toISOString() };
  }
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    return { B: bytes(value) };
  }
  return { M: attributes(value) };
}

function attributes(object) {
  const marshalled = {};
  for (const [name, value] of Object.entries(object)) {
    if (value !== undefined) {
      marshalled[name] = marshal(value);
    }
  }
  return marshalled;
}

function plainNumber(text) {
  const value = Number(text);
  return Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(text)
    ? BigInt(text)
    : value;
}

function plainBytes(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

const READ = {
  S: (text) => text,
  N: plainNumber,
  B: plainBytes,
  BOOL: (flag) => flag,
  NULL: () => null,
  L: (values) => values.map(plain),
  M: (values) => item(values),
  SS: (values) => new Set(values),
  NS: (values) => new Set(values.map(plainNumber)),
  BS: (values) => new Set(values.map(plainBytes)),
};

function plain(marshalled) {
  const [[type, value]] = Object.entries(marshalled);
  return READ[type](value);
}

function item(marshalled) {
  return Object.fromEntries(
    Object.entries(marshalled).map(([name, value]) => [name, plain(value)]),
  );
}

// Names and values of expressions: `names` and `values` as the caller gave them, and more that
// are added under names of their own.
class Placeholders {
  #names = {};
  #values = {};

  constructor({ names, values } = {}) {
    Object.assign(this.#names, names);
    for (const [name, value] of Object.entries(values ?? {})) {
      this.#values[name] = marshal(value);
    }
  }

  name(attribute) {
    const placeholder = `#bevy${Object.keys(this.#names).length}`;
    this.#names[placeholder] = attribute;
    return placeholder;
  }

  value(value) {
    const placeholder = `:bevy${Object.keys(this.#values).length}`;
    this.#values[placeholder] = marshal(value);
    return placeholder;
  }

  members() {
    const members = {};
    if (Object.keys(this.#names).length > 0) {
      members.ExpressionAttributeNames = this.#names;
    }
    if (Object.keys(this.#values).length > 0) {
      members.ExpressionAttributeValues = this.#values;
    }
    return members;
  }
}

const SORT = {
  eq: (name, value) => `${name} = ${value}`,
  lt: (name, value) => `${name} < ${value}`,
  lte: (name, value) => `${name} <= ${value}`,
  gt: (name, value) => `${name} > ${value}`,
  gte: (name, value) => `${name} >= ${value}`,
  beginsWith: (name, value) => `begins_with(${name}, ${value})`,
  between: (name, low, high) => `${name} BETWEEN ${low} AND ${high}`,
};

class Table {
  #node;
  #schema;

  constructor(node, schema) {
    this.#node = node;
    this.#schema = schema;
  }

  // The item with that key, or null. A key of one attribute may be given as its value alone.
  async get(key, { consistent = true } = {}) {
    const answer = await this.#call("GetItem", { Key: this.#key(key), ConsistentRead: consistent });
    return answer.Item ? item(answer.Item) : null;
  }

  // Stores an item, whatever was there, unless `condition` says no.
  async put(item, options = {}) {
    await this.#call("PutItem", { Item: attributes(item), ...this.#condition(options) });
  }

  // Deletes an item, unless `condition` says no.
  async delete(key, options = {}) {
    await this.#call("DeleteItem", { Key: this.#key(key), ...this.#condition(options) });
  }

  // Changes attributes of an item, which is made if it is not there. Returns the whole new item.
  async update(key, { set = {}, add = {}, remove = [], ...options }) {
    const placeholders = new Placeholders(options);
    const assign = (sign) => ([name, value]) =>
      `${placeholders.name(name)} ${sign} ${placeholders.value(value)}`;
    const clause = (word, parts) => (parts.length > 0 ? [`${word} ${parts.join(", ")}`] : []);
    const present = (object) => Object.entries(object).filter(([, value]) => value !== undefined);
    const clauses = [
      ...clause("SET", present(set).map(assign("="))),
      ...clause("ADD", present(add).map(assign(""))),
      ...clause("REMOVE", remove.map((name) => placeholders.name(name))),
    ];
    const answer = await this.#call("UpdateItem", {
      Key: this.#key(key),
      ...(clauses.length > 0 && { UpdateExpression: clauses.join(" ") }),
      ...(options.condition && { ConditionExpression: options.condition }),
      ...placeholders.members(),
      ReturnValues: "ALL_NEW",
    });
    return item(answer.Attributes);
  }

  // The items of one partition in the order of the sort key:
  // query("tom", { sort: { beginsWith: "2026-" }, reverse: true, limit: 10 }).
  async query(partition, { sort, reverse = false, ...options } = {}) {
    const placeholders = new Placeholders(options);
    const { partitionKey, sortKey } = this.#schema;
    let condition = `${placeholders.name(partitionKey)} = ${placeholders.value(partition)}`;
    for (const [test, operand] of Object.entries(sort ?? {})) {
      if (!SORT[test]) {
        throw new TypeError(`sort knows ${Object.keys(SORT).join(", ")}, not ${test}`);
      }
      const operands = test === "between" ? operand : [operand];
      const values = operands.map((value) => placeholders.value(value));
      condition += ` AND ${SORT[test](placeholders.name(sortKey), ...values)}`;
    }
    return this.#page("Query", options, placeholders, {
      KeyConditionExpression: condition,
      ScanIndexForward: !reverse,
    });
  }

  // The items of the table, in no order that means anything.
  async scan(options = {}) {
    return this.#page("Scan", options, new Placeholders(options), {});
  }

  // What the search index of the table finds, the best first: search("cold beer", { limit: 5 }) in
  // Lucene's syntax, or search({ query: { match: { title: "beer" } } }) as OpenSearch has it.
  async search(sought, { limit, highlight, consistent = true } = {}) {
    const answer = await this.#call("Search", {
      ...(typeof sought === "string" ? { QueryString: sought } : { Search: sought }),
      ...(limit !== undefined && { Limit: limit }),
      ...(highlight && { Highlight: highlight }),
      ConsistentRead: consistent,
    });
    const hits = answer.Hits.map(({ Id, Score, Sort, Highlight }, at) => ({
      id: Id,
      item: item(answer.Items[at]),
      ...(Score !== undefined && { score: Score }),
      ...(Sort && { sort: Sort }),
      ...(Highlight && { highlight: Highlight }),
    }));
    return {
      items: hits.map((hit) => hit.item),
      hits,
      total: answer.Total ?? null,
      aggregations: answer.Aggregations ?? {},
    };
  }

  async #page(operation, { filter, limit, after, consistent = true }, placeholders, members) {
    const answer = await this.#call(operation, {
      ...members,
      ConsistentRead: consistent,
      ...(filter && { FilterExpression: filter }),
      ...(limit && { Limit: limit }),
      ...(after && { ExclusiveStartKey: attributes(after) }),
      ...placeholders.members(),
    });
    const next = answer.LastEvaluatedKey ? item(answer.LastEvaluatedKey) : null;
    return { items: answer.Items.map(item), next };
  }

  #key(key) {
    const alone = typeof key !== "object" || ArrayBuffer.isView(key);
    return attributes(alone ? { [this.#schema.partitionKey]: key } : key);
  }

  #condition(options) {
    return {
      ...(options.condition && { ConditionExpression: options.condition }),
      ...new Placeholders(options).members(),
    };
  }

  async #call(operation, members) {
    const { table } = this.#schema;
    const response = await this.#node.fetch(`http://bevy/table/${table}/${operation}`, {
      method: "POST",
      body: JSON.stringify({ TableName: table, ...members }),
    });
    const answer = await response.json();
    if (response.ok) {
      return answer;
    }
    const type = String(answer.__type).split("#").at(-1);
    const message = answer.message ?? answer.Message ?? type;
    throw type === "ConditionalCheckFailedException"
      ? new ConditionFailed(message)
      : new TableError(type, message);
  }
}

export default function ({ node, schema }) {
  return new Table(node, schema);
}
