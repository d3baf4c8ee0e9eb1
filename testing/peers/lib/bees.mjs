// What can be asked of a bee. Keys and values are text.
import Hyperbee from 'hyperbee'
import { bytes, describe } from './cores.mjs'

const TEXT = { keyEncoding: 'utf-8', valueEncoding: 'utf-8' }

const entry = (node) => (node ? { seq: node.seq, key: node.key, value: node.value } : null)

async function all(stream) {
  const entries = []
  for await (const one of stream) entries.push(one)
  return entries
}

const view = (peer, { of, version }) =>
  version === undefined ? peer.thing(of) : peer.thing(of).checkout(version)

const about = async (bee) => ({ version: bee.version, ...(await describe(bee.core)) })

export const commands = {
  'bee.open': async (peer, { as, name, key, encryption }) => {
    const options = { encryption: encryption ? { key: bytes(encryption) } : null }
    const core = peer.store.get({ ...options, ...(key ? { key: bytes(key) } : { name }) })
    const bee = new Hyperbee(core, TEXT)
    await bee.ready()
    peer.things.set(as, bee)
    return about(bee)
  },

  'bee.info': (peer, { of }) => about(peer.thing(of)),

  'bee.update': async (peer, { of }) => {
    await peer.thing(of).update({ wait: true })
    return about(peer.thing(of))
  },

  // Each operation is {"put": key, "value": value} or {"del": key}.
  'bee.batch': async (peer, { of, operations }) => {
    const batch = peer.thing(of).batch()
    for (const { put, value, del } of operations) {
      if (put === undefined) await batch.del(del)
      else await batch.put(put, value)
    }
    await batch.flush()
    return about(peer.thing(of))
  },

  'bee.get': async (peer, { key, ...which }) => ({ entry: entry(await view(peer, which).get(key)) }),

  'bee.range': async (peer, { range = {}, options = {}, ...which }) => ({
    entries: (await all(view(peer, which).createReadStream(range, options))).map(entry)
  }),

  'bee.history': async (peer, { of, options = {} }) => ({
    entries: (await all(peer.thing(of).createHistoryStream(options))).map((one) => ({
      type: one.type,
      ...entry(one)
    }))
  }),

  'bee.diff': async (peer, { of, version, other, range = {} }) => ({
    entries: (await all(view(peer, { of, version }).createDiffStream(other, range))).map(
      ({ left, right }) => ({ left: entry(left), right: entry(right) })
    )
  })
}
