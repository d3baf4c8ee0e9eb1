// Follows a table as a Hyperbee: `node table.mjs URL KEY` prints its items, and then every change.
import SecretStream from '@hyperswarm/secret-stream'
import Corestore from 'corestore'
import Hyperbee from 'hyperbee'
import id from 'hypercore-id-encoding'
import { createWebSocketStream, WebSocket } from 'ws'

const [url, key] = process.argv.slice(2)
const store = new Corestore(`table-${key}`)
const table = new Hyperbee(store.get(id.decode(key)))
store.replicate(new SecretStream(true, createWebSocketStream(new WebSocket(url))))
await table.update({ wait: true })

// Beside its items a table has entries of its indexes, which have no value that is for others.
const items = Buffer.from('items\0')
const end = Buffer.from('items\x01')
const since = table.version
for await (const { value } of table.checkout(since).createReadStream({ gte: items, lt: end })) {
  console.log('has', value.toString())
}
for await (const { type, key, value } of table.createHistoryStream({ live: true, since })) {
  const isItem = key.subarray(0, items.length).equals(items)
  if (isItem) console.log(type, value ? value.toString() : key.toString('hex'))
}
