// What can be asked of a drive. Large content is told by its SHA-256.
import Hyperdrive from 'hyperdrive'
import { createHash } from 'node:crypto'
import { content } from './content.mjs'
import { bytes, describe, hex } from './cores.mjs'

const SMALL = 4096
const PIECE = 1 << 20

async function about(drive) {
  const blobs = await drive.getBlobs()
  return {
    version: drive.version,
    db: await describe(drive.core),
    blobs: blobs ? await describe(blobs.core) : null
  }
}

const view = (peer, { of, version }) =>
  version === undefined ? peer.thing(of) : peer.thing(of).checkout(version)

const told = (node) => (node ? { key: node.key, seq: node.seq, value: node.value } : null)

async function write(stream, pieces) {
  await new Promise((resolve, reject) => {
    stream.on('error', reject).on('close', resolve)
    for (const piece of pieces) stream.write(piece)
    stream.end()
  })
}

// The pieces of a large file: what content() makes, one index a mebibyte.
function* pieces(seed, size) {
  for (let at = 0; at < size; at += PIECE) {
    yield content(seed, at / PIECE, Math.min(PIECE, size - at))
  }
}

export const commands = {
  'drive.open': async (peer, { as, name, key, encryption }) => {
    const options = encryption ? { encryptionKey: bytes(encryption) } : {}
    const drive = key
      ? new Hyperdrive(peer.store.session(), bytes(key), options)
      : new Hyperdrive(peer.store.namespace(name), options)
    await drive.ready()
    peer.things.set(as, drive)
    return key ? { version: drive.version, key: hex(drive.key) } : about(drive)
  },

  'drive.info': (peer, { of }) => about(peer.thing(of)),

  'drive.update': async (peer, { of }) => {
    await peer.thing(of).update({ wait: true })
    return { version: peer.thing(of).version }
  },

  // The content is `text`, or what content() makes of `seed` and `size`.
  'drive.put': async (peer, { of, path, text, seed, size, executable = false, metadata = null }) => {
    const drive = peer.thing(of)
    const stream = drive.createWriteStream(path, { executable, metadata })
    await write(stream, text === undefined ? pieces(seed, size) : [Buffer.from(text)])
    return { version: drive.version }
  },

  'drive.link': async (peer, { of, path, target }) => {
    await peer.thing(of).symlink(path, target)
    return { version: peer.thing(of).version }
  },

  'drive.delete': async (peer, { of, path }) => {
    await peer.thing(of).del(path)
    return { version: peer.thing(of).version }
  },

  'drive.entry': async (peer, { path, ...which }) => ({
    entry: told(await view(peer, which).entry(path))
  }),

  'drive.list': async (peer, { folder = '/', ...which }) => {
    const entries = []
    for await (const one of view(peer, which).list(folder)) entries.push(told(one))
    return { entries }
  },

  // Reads a file, or the bytes of it from `start` to `end`, both included.
  'drive.read': async (peer, { path, start, end, ...which }) => {
    const hash = createHash('sha256')
    const begin = []
    let size = 0
    for await (const piece of view(peer, which).createReadStream(path, { start, end })) {
      hash.update(piece)
      if (size < SMALL) begin.push(piece)
      size += piece.length
    }
    const text = size <= SMALL ? Buffer.concat(begin).toString() : null
    return { size, sha256: hash.digest('hex'), text }
  }
}
