// npm's side of StreamBench: messages through a channel of protomux over a secret stream over TCP,
// both ends in this process.
import { createRequire } from 'node:module'
import net from 'node:net'
import { once } from 'node:events'
import { measure } from '../peers/meter.mjs'

const require = createRequire(new URL('../../testing/peers/', import.meta.url))
const SecretStream = require('@hyperswarm/secret-stream')
const Protomux = require('protomux')
const c = require('compact-encoding')

const accepted = new Promise((resolve) => {
  const server = net.createServer((socket) => {
    server.close()
    resolve(new SecretStream(false, socket))
  })
  server.listen(0, '127.0.0.1', () => {
    const socket = net.connect(server.address().port, '127.0.0.1')
    socket.once('connect', () => connected(new SecretStream(true, socket)))
  })
})
let connected
const near = await new Promise((resolve) => (connected = resolve))
const far = await accepted

let arrived = 0
let wanted = 0
let done = () => {}
open(far, () => {
  if (++arrived === wanted) done()
})
const sender = open(near, () => {})

function open(stream, onmessage) {
  const channel = Protomux.from(stream).createChannel({
    protocol: 'bench',
    messages: [{ encoding: c.raw, onmessage }]
  })
  channel.open()
  return channel
}

function work(size) {
  const message = Buffer.alloc(size)
  return async (messages) => {
    arrived = 0
    wanted = messages
    const all = new Promise((resolve) => (done = resolve))
    for (let number = 0; number < messages; number++) {
      if (!sender.messages[0].send(message)) await once(near, 'drain')
    }
    await all
  }
}

await measure('messages of 100 bytes', 20_000, work(100))
await measure('messages of 1 KiB', 20_000, work(1 << 10))
await measure('messages of 64 KiB', 1_000, work(1 << 16))
process.exit(0)
