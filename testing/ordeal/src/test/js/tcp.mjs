// Prints a file of a drive that is served over TCP: `node tcp.mjs PORT KEY PATH`.
import SecretStream from '@hyperswarm/secret-stream'
import Corestore from 'corestore'
import id from 'hypercore-id-encoding'
import Hyperdrive from 'hyperdrive'
import net from 'net'

const [port, key, path] = process.argv.slice(2)
const store = new Corestore(`tcp-${key}`)
const drive = new Hyperdrive(store, id.decode(key))
store.replicate(new SecretStream(true, net.connect(port, '127.0.0.1')))
await drive.update({ wait: true })
for await (const piece of drive.createReadStream(path)) process.stdout.write(piece)
process.stdout.write('', () => process.exit()) // once all is written
