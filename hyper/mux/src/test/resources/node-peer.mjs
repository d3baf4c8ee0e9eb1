// The other side of NodeInteropTest: `node node-peer.mjs PACKAGES stream|mux PORT`. Connects to the
// port, or listens on a free one where it is 0, and says what it knows, a JSON object a line.
//
// `stream` sends every message back as it came. `mux` answers channels of the protocol `echo` by
// sending every message back under the next type, and opens one of the protocol `asks` itself.
import { createRequire } from 'node:module'
import net from 'node:net'

const [packages, what, port] = process.argv.slice(2)
const require = createRequire(packages + '/')
const SecretStream = require('@hyperswarm/secret-stream')
const Protomux = require('protomux')
const c = require('compact-encoding')
const say = (line) => process.stdout.write(JSON.stringify(line) + '\n')

function stream(secret) {
  secret.on('data', (message) => secret.write(message))
  secret.on('end', () => secret.end())
}

function mux(secret) {
  const mux = Protomux.from(secret)
  mux.pair({ protocol: 'echo' }, (id) => echo(mux, id))
  ask(mux)
}

function echo(mux, id) {
  const channel = mux.createChannel({
    protocol: 'echo',
    aliases: ['parrot'],
    id,
    handshake: c.string,
    messages: [0, 1, 2, 3].map((type) => ({
      encoding: c.raw,
      onmessage: (message) => channel.messages[type + 1]?.send(message)
    })),
    onopen: (handshake) => say({ opened: handshake, id: id.toString('hex') }),
    onclose: () => say({ closed: id.toString('hex') })
  })
  channel.open('hello from node')
}

function ask(mux) {
  const answers = []
  const channel = mux.createChannel({
    protocol: 'asks',
    handshake: c.string,
    messages: [
      {
        encoding: c.string,
        onmessage: (message) => {
          answers.push(message)
          if (message === 'last') {
            say({ answers })
            channel.close()
          }
        }
      }
    ],
    onopen: () => {
      channel.messages[0].send('alone')
      channel.cork()
      for (let number = 0; number < 200; number++) channel.messages[0].send('batch ' + number)
      channel.messages[0].send('last')
      channel.uncork()
    }
  })
  channel.open('may I ask')
}

function begin(initiator, socket) {
  const secret = new SecretStream(initiator, socket, { keepAlive: 5000 })
  secret.on('error', (error) => say({ error: error.message }))
  secret.on('close', () => process.exit(0))
  secret.on('connect', () => {
    say({
      key: secret.publicKey.toString('hex'),
      remote: secret.remotePublicKey.toString('hex'),
      hash: secret.handshakeHash.toString('hex')
    })
    if (what === 'mux') mux(secret)
    else stream(secret)
  })
}

if (port === '0') {
  const server = net.createServer((socket) => {
    server.close()
    begin(false, socket)
  })
  server.listen(0, '127.0.0.1', () => say({ port: server.address().port }))
} else {
  const socket = net.connect(Number(port), '127.0.0.1', () => begin(true, socket))
}
process.stdin.on('close', () => process.exit(0)).resume()
