// Opens a bucket as a Hyperdrive. `node bucket.mjs URL KEY` lists it, with a PATH it prints a file.
import SecretStream from '@hyperswarm/secret-stream'
import Corestore from 'corestore'
import id from 'hypercore-id-encoding'
import Hyperdrive from 'hyperdrive'
import { createWebSocketStream, WebSocket } from 'ws'

const [url, key, path] = process.argv.slice(2)
const store = new Corestore(`bucket-${key}`)
const drive = new Hyperdrive(store, id.decode(key))
store.replicate(new SecretStream(true, createWebSocketStream(new WebSocket(url))))
await drive.update({ wait: true })
if (path) {
  for await (const piece of drive.createReadStream(path)) process.stdout.write(piece)
} else {
  for await (const { key, value } of drive.list('/')) console.log(value.blob.byteLength, key)
}
process.stdout.write('', () => process.exit()) // once all is written
