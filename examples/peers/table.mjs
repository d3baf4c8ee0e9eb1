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
const since = table.version
const items = { gte: Buffer.from('items\0'), lt: Buffer.from('items\x01') } // beside the indexes
for await (const { value } of table.checkout(since).createReadStream(items)) {
  console.log('has', value.toString())
}
for await (const { type, key, value } of table.createHistoryStream({ live: true, since })) {
  if (key.toString().startsWith('items\0')) console.log(type, (value ?? key).toString())
}
