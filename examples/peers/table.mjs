// Follows a table as a Hyperbee: `node table.mjs URL KEY` prints its items, and then every change.
import SecretStream from '@hyperswarm/secret-stream'
import Corestore from 'corestore'
import Hyperbee from 'hyperbee'
import id from 'hypercore-id-encoding'
import { createWebSocketStream, WebSocket } from 'ws'

const [url, key] = process.argv.slice(2)
const store = new Corestore(`table-${key}`)
const table = new Hyperbee(store.get(id.decode(key)), { valueEncoding: 'json' })
store.replicate(new SecretStream(true, createWebSocketStream(new WebSocket(url))))
await table.update({ wait: true })
const since = table.version
for await (const { value } of table.checkout(since).createReadStream()) {
  console.log('has', JSON.stringify(value))
}
for await (const { type, key, value } of table.createHistoryStream({ live: true, since })) {
  console.log(type, value ? JSON.stringify(value) : key.toString('hex'))
}
