// Connections of the peer: TCP or WebSocket, of the whole corestore or of one core.
import SecretStream from '@hyperswarm/secret-stream'
import { connect, createServer } from 'node:net'
import { WebSocket, WebSocketServer, createWebSocketStream } from 'ws'

const HOST = '127.0.0.1'

function replicate(peer, { of }, initiator, socket) {
  if (socket.setNoDelay) socket.setNoDelay(true)
  const stream = new SecretStream(initiator, socket)
  const link = { socket, stream, error: null }
  peer.links.add(link)
  stream.on('error', (error) => (link.error = error.message))
  stream.on('close', () => {
    peer.links.delete(link)
    peer.tell({ event: 'closed', reason: link.error })
  })
  ;(of === undefined ? peer.store : peer.thing(of)).replicate(stream)
  return link
}

function echo(initiator, socket) {
  const stream = new SecretStream(initiator, socket)
  stream.on('error', () => {})
  stream.on('end', () => stream.end())
  stream.on('data', (message) => {
    if (stream.write(message)) return
    stream.pause()
    stream.once('drain', () => stream.resume())
  })
}

const listening = (server) =>
  new Promise((resolve, reject) =>
    server.on('error', reject).on('listening', () => resolve({ port: server.address().port }))
  )

export const commands = {
  'tcp.listen': async (peer, { port = 0, of }) => {
    const server = createServer({ noDelay: true }, (socket) => replicate(peer, { of }, false, socket))
    server.listen(port, HOST)
    return listening(server)
  },

  'tcp.connect': async (peer, { port, of }) => {
    const socket = connect({ port, host: HOST, noDelay: true })
    await new Promise((resolve, reject) => socket.on('connect', resolve).on('error', reject))
    await replicate(peer, { of }, true, socket).stream.opened
    return {}
  },

  'web.listen': async (peer, { port = 0, path, of }) => {
    const server = new WebSocketServer({ port, host: HOST, path })
    server.on('connection', (socket) =>
      replicate(peer, { of }, false, createWebSocketStream(socket))
    )
    return listening(server)
  },

  'web.connect': async (peer, { port, url = `ws://${HOST}:${port}/`, protocols = [], of }) => {
    const socket = new WebSocket(url, protocols)
    await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject))
    await replicate(peer, { of }, true, createWebSocketStream(socket)).stream.opened
    return {}
  },

  // Like tcp.listen and tcp.connect, but sends every message back.
  'echo.listen': async () => {
    const server = createServer({ noDelay: true }, (socket) => echo(false, socket))
    server.listen(0, HOST)
    return listening(server)
  },

  'echo.connect': async (_, { port }) => {
    const socket = connect({ port, host: HOST, noDelay: true })
    await new Promise((resolve, reject) => socket.on('connect', resolve).on('error', reject))
    echo(true, socket)
    return {}
  },

  'echo.web': async () => {
    const server = new WebSocketServer({ port: 0, host: HOST })
    server.on('connection', (socket) => echo(false, createWebSocketStream(socket)))
    return listening(server)
  },

  // How many connections there are.
  links: async (peer) => ({ links: peer.links.size }),

  // Ends all connections.
  hangup: async (peer) => {
    for (const { stream } of peer.links) stream.destroy()
    return {}
  }
}
