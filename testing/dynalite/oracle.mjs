// Dynalite without its HTTP server, for a test that asks it a lot: `node oracle.mjs`. It reads a
// request a line, ["PutItem", {…}, false], and answers a line, [200, {…}] or [400, {"__type": …}],
// in the order of the requests, one after another. A third element that is true says that the pages
// of a Query or Scan of all its segments are to be read and answered as one. What dynalite itself
// fails at is answered with the status 500; what it is known to do wrong is mended (mends.mjs).
// "Fill" makes the items of a table those that are given.
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { check } from './mends.mjs'

const require = createRequire(import.meta.url)
const databases = require('dynalite/db')
const validations = require('dynalite/validations')
const { Lock } = require('lock')

const MOST_PAGES = 200
const MOST_TURNS = 20_000
const OPERATIONS = [
  'BatchGetItem', 'BatchWriteItem', 'CreateTable', 'DeleteItem', 'GetItem', 'PutItem', 'Query',
  'Scan', 'UpdateItem'
]

const store = databases.create({ createTableMs: 0 })
const known = new Map(OPERATIONS.map(name => {
  const lower = validations.toLowerFirst(name)
  const { types, custom } = require(`dynalite/validations/${lower}`)
  return [name, { types, custom, action: require(`dynalite/actions/${lower}`) }]
}))

check()

let fail = () => {}
process.on('uncaughtException', error => fail(error))

function answer (operation, request) {
  return new Promise(resolve => {
    let turns = 0
    let ended = false
    const end = said => {
      ended = true
      resolve(said)
    }
    // All is in memory, so what takes this many turns of the event loop will never be answered.
    const wait = () => {
      if (!ended) ++turns < MOST_TURNS ? setImmediate(wait) : fail(new Error('it does not answer'))
    }
    wait()
    fail = error => {
      // Whoever held a lock will not give it back.
      for (const name of tables) store.getItemDb(name).lock = Lock()
      end([500, { __type: 'crash', message: String(error?.message ?? error) }])
    }
    const settle = (error, data) => {
      if (error && !error.statusCode) return fail(error)
      end(error ? [error.statusCode, error.body] : [200, JSON.parse(JSON.stringify(data))])
    }
    try {
      const { types, custom, action } = known.get(operation)
      const data = validations.checkTypes(JSON.parse(JSON.stringify(request)), types)
      validations.checkValidations(data, types, custom, store)
      action(store, data, settle)
    } catch (error) {
      settle(error)
    }
  })
}

async function pages (operation, request) {
  const whole = { Count: 0, ScannedCount: 0 }
  const segments = Number.isInteger(request.TotalSegments) ? request.TotalSegments : 1
  const asked = Number.isInteger(request.Segment) ? request.Segment : 0
  for (let segment = 0; segment < segments; segment++) {
    const next = { ...request }
    if (segment > 0 || (asked > 0 && asked < segments)) next.Segment = segment
    for (let i = 0; i < MOST_PAGES; i++) {
      const [status, page] = await answer(operation, next)
      if (status !== 200) return [status, page]
      whole.Count += page.Count
      whole.ScannedCount += page.ScannedCount
      if (page.Items) whole.Items = (whole.Items ?? []).concat(page.Items)
      if (!page.LastEvaluatedKey) break
      next.ExclusiveStartKey = page.LastEvaluatedKey
    }
  }
  return [200, whole]
}

const tables = new Set()
async function create (request) {
  const made = await answer('CreateTable', request)
  tables.add(request.TableName)
  for (;;) {
    const status = await new Promise(resolve => {
      store.getTable(request.TableName, false, (_, table) => resolve(table?.TableStatus))
    })
    if (status === 'ACTIVE') return made
    await new Promise(resolve => setTimeout(resolve, 1))
  }
}

// The same for all that is the same: members by name, sets in one order.
function plain (value) {
  if (Array.isArray(value)) return value.map(plain)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.keys(value).sort().map(name => {
    const set = ['SS', 'NS', 'BS'].includes(name) && Array.isArray(value[name])
    return [name, set ? [...value[name]].sort() : plain(value[name])]
  }))
}

// Makes a table have what it is to have: {"TableName": …, "Items": […]}. What it has already is not
// touched.
async function fill ({ TableName, Items }) {
  const key = ({ AttributeName }) => AttributeName
  const schema = await new Promise(resolve => {
    store.getTable(TableName, false, (_, table) => resolve(table.KeySchema.map(key)))
  })
  const keyOf = item => Object.fromEntries(schema.map(name => [name, item[name]]))
  const show = value => JSON.stringify(plain(value))
  const wanted = new Map(Items.map(item => [show(keyOf(item)), item]))
  const [, { Items: old }] = await answer('Scan', { TableName })
  for (const item of old) {
    const Key = keyOf(item)
    const other = wanted.get(show(Key))
    if (other && show(other) === show(item)) wanted.delete(show(Key))
    else if (!other) await answer('DeleteItem', { TableName, Key })
  }
  for (const Item of wanted.values()) {
    const put = await answer('PutItem', { TableName, Item })
    if (put[0] !== 200) return put
  }
  return [200, {}]
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const [operation, request, paged] = JSON.parse(line)
  const said = operation === 'Fill'
    ? await fill(request)
    : operation === 'CreateTable'
      ? await create(request)
      : await (paged ? pages : answer)(operation, request)
  process.stdout.write(JSON.stringify(said) + '\n')
}
