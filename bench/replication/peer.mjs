// npm's side of ReplicationBench: `peer.mjs serve FOLDER BLOCKS SIZE` fills a core and lets others
// have it; `peer.mjs fetch FOLDER BLOCKS SIZE` gets such a core, once for each line it reads with
// the key and the port. Every line that either reads is answered by one.
import { createRequire } from 'node:module'
import { randomFillSync } from 'node:crypto'
import { rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const require = createRequire(new URL('../../testing/peers/', import.meta.url))
const Hypercore = require('hypercore')
const SecretStream = require('@hyperswarm/secret-stream')

const [role, folder, blocks, size] = process.argv.slice(2)
const say = (line) => console.log(JSON.stringify(line))
const cpuSeconds = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
const memory = () => process.memoryUsage().rss

async function fill() {
  const core = new Hypercore(join(folder, 'core'))
  await core.ready()
  const batch = Math.max(1, Math.min(100, Math.floor((4 << 20) / size)))
  for (let left = Number(blocks); left > 0; left -= batch) {
    const some = Math.min(batch, left)
    await core.append(
      Array.from({ length: some }, () => randomFillSync(Buffer.allocUnsafe(Number(size))))
    )
  }
  return core
}

async function serve() {
  const core = await fill()
  const server = createServer({ noDelay: true }, (socket) => {
    const stream = new SecretStream(false, socket)
    stream.on('error', () => {})
    core.replicate(stream)
  })
  server.listen(0, '127.0.0.1', () =>
    say({ key: core.key.toString('hex'), port: server.address().port })
  )
  return () => ({ cpuSeconds: cpuSeconds(), memory: memory() })
}

let rounds = 0

// Measures from before the connection until the last block is here.
async function fetch(line) {
  const { key, port } = JSON.parse(line)
  const core = new Hypercore(join(folder, String(rounds++)), Buffer.from(key, 'hex'))
  await core.ready()
  const cpu = cpuSeconds()
  const time = process.hrtime.bigint()
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  const stream = new SecretStream(true, socket)
  stream.on('error', () => {})
  core.replicate(stream)
  await core.download({ start: 0, end: Number(blocks) }).done()
  const seconds = Number(process.hrtime.bigint() - time) / 1e9
  const used = cpuSeconds() - cpu
  if (core.contiguousLength !== Number(blocks)) throw new Error('blocks are missing')
  stream.destroy()
  await core.close()
  rmSync(join(folder, String(rounds - 1)), { recursive: true }) // as ours
  return { seconds, cpuSeconds: used, memory: memory() }
}

const answer = role === 'serve' ? await serve() : fetch
if (role === 'fetch') say({})
createInterface({ input: process.stdin })
  .on('line', async (line) => say(await answer(line)))
  .on('close', () => process.exit(0))
