// What can be asked of a core. Blocks travel in base64, keys in hexadecimal.
import Hypercore from 'hypercore'
import { content, contents } from './content.mjs'

const BATCH = 100

export const hex = (bytes) => (bytes ? bytes.toString('hex') : null)
export const bytes = (text) => (text ? Buffer.from(text, 'hex') : undefined)
const base64 = (block) => (block ? block.toString('base64') : null)

export async function describe(core) {
  return {
    key: hex(core.key),
    discoveryKey: hex(core.discoveryKey),
    writable: core.writable,
    length: core.length,
    byteLength: core.byteLength,
    fork: core.fork,
    contiguous: core.contiguousLength,
    hasManifest: core.manifest !== null,
    rootHash: core.length ? hex(await core.treeHash()) : null,
    peers: core.peers.map((peer) => ({
      remoteLength: peer.remoteLength,
      remoteFork: peer.remoteFork,
      remoteContiguous: peer.remoteContiguousLength,
      paused: peer.paused
    }))
  }
}

// Opens a core of the corestore, or with `folder` a core that stands alone.
export async function open(peer, { as, name, key, folder, encryption, snapshot }) {
  const options = { encryption: encryption ? { key: bytes(encryption) } : null }
  const core =
    folder === undefined
      ? peer.store.get({ ...options, ...(key ? { key: bytes(key) } : { name }) })
      : new Hypercore(peer.path(folder), bytes(key), options)
  await core.ready()
  watch(peer, as, core)
  peer.things.set(as, snapshot ? core.snapshot() : core)
  return describe(core)
}

function watch(peer, as, core) {
  const tell = (event) => (more) => peer.tell({ event, of: as, ...more })
  core.on('truncate', (ancestors, fork) => tell('truncate')({ ancestors, fork }))
  core.on('conflict', (length, fork) => tell('conflict')({ length, fork }))
  core.on('verification-error', (error) => tell('invalid')({ message: error.message }))
}

export const commands = {
  'core.open': open,
  'core.info': (peer, { of }) => describe(peer.thing(of)),

  'core.append': async (peer, { of, blocks }) => {
    await peer.thing(of).append(blocks.map((block) => Buffer.from(block, 'base64')))
    return describe(peer.thing(of))
  },

  // Appends blocks `from` to `to` of what content() makes.
  'core.fill': async (peer, { of, from, to, size, seed }) => {
    const core = peer.thing(of)
    for (let at = from; at < to; at += BATCH) {
      await core.append(contents(seed, at, Math.min(at + BATCH, to), size))
    }
    return describe(core)
  },

  // Reads blocks `from` to `to`, some at a time, and says how many are what content() makes.
  'core.check': async (peer, { of, from, to, size, seed, step = 1, timeout = 30_000 }) => {
    const core = peer.thing(of)
    let same = 0
    for (let at = from; at < to; at += BATCH * step) {
      const some = []
      for (let one = at; one < to && one < at + BATCH * step; one += step) some.push(one)
      const blocks = await Promise.all(some.map((one) => core.get(one, { timeout })))
      blocks.forEach((block, number) => {
        if (block && block.equals(content(seed, some[number], size))) same++
      })
    }
    return { same }
  },

  // With `orNothing`, a block that does not come in time is null.
  'core.get': async (peer, { of, index, timeout = 30_000, wait = true, orNothing = false }) => {
    try {
      return { block: base64(await peer.thing(of).get(index, { timeout, wait })) }
    } catch (error) {
      if (orNothing && error.code === 'REQUEST_TIMEOUT') return { block: null }
      throw error
    }
  },

  'core.has': async (peer, { of, from, to }) => ({ has: await peer.thing(of).has(from, to) }),

  'core.seek': async (peer, { of, offset, timeout = 30_000 }) => {
    const found = await peer.thing(of).seek(offset, { timeout })
    return { index: found[0], offset: found[1] }
  },

  'core.truncate': async (peer, { of, length, fork }) => {
    await peer.thing(of).truncate(length, fork === undefined ? {} : { fork })
    return describe(peer.thing(of))
  },

  'core.clear': async (peer, { of, from, to }) => {
    await peer.thing(of).clear(from, to)
    return describe(peer.thing(of))
  },

  // Waits until all of a range is here; without `to`, of what there is and will be.
  'core.download': async (peer, { of, from = 0, to = -1, wait = true }) => {
    const core = peer.thing(of)
    const range = core.download({ start: from, end: to })
    if (wait) await range.done()
    return describe(core)
  },

  'core.update': async (peer, { of, wait = true }) => {
    const core = peer.thing(of)
    return { grown: await core.update({ wait }), ...(await describe(core)) }
  },

  // Waits until the core is at least so long, has so much in one piece, or has that fork.
  'core.await': async (peer, { of, length = 0, contiguous = 0, fork = 0, timeout = 30_000 }) => {
    const core = peer.thing(of)
    const there = () =>
      core.length >= length && core.contiguousLength >= contiguous && core.fork >= fork
    for (const end = Date.now() + timeout; !there() && Date.now() < end; ) {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    if (!there()) throw new Error(`waited in vain: ${JSON.stringify(await describe(core))}`)
    return describe(core)
  }
}
