// npm's hyperbee on the same work as BeeBench. It never calls fsync.
import { createRequire } from 'node:module'
import { randomFillSync } from 'node:crypto'
import { join } from 'node:path'
import { measure } from '../peers/meter.mjs'

const require = createRequire(new URL('../peers/', import.meta.url))
const Hypercore = require('hypercore')
const Hyperbee = require('hyperbee')
const folder = process.argv[2]
const KEYS = 1_000_000
let opened = 0

async function open() {
  const bee = new Hyperbee(new Hypercore(join(folder, String(opened++))))
  await bee.ready()
  return bee
}

const number = () => Math.floor(Math.random() * KEYS)
const key = (index) => Buffer.from('key' + String(index).padStart(8, '0'))
const value = () => randomFillSync(Buffer.allocUnsafe(100))

async function fill(bee, puts) {
  for (let done = 0; done < puts; done += 100) {
    const batch = bee.batch()
    for (let each = 0; each < 100; each++) await batch.put(key(number()), value())
    await batch.flush()
  }
}

await measure('put, batches of 100', 50_000, async (puts) => {
  const bee = await open()
  await fill(bee, puts)
  await bee.close()
})

const filled = await open()
const present = []
for (let done = 0; done < 100_000; done += 100) {
  const batch = filled.batch()
  for (let each = 0; each < 100; each++) {
    present.push(number())
    await batch.put(key(present.at(-1)), value())
  }
  await batch.flush()
}

await measure('get at random', 50_000, async (gets) => {
  for (let done = 0; done < gets; done++) {
    const wanted = key(present[Math.floor(Math.random() * present.length)])
    if ((await filled.get(wanted)) === null) throw new Error('an entry is missing')
  }
})
await measure('scan, ranges of 100', 100_000, async (entries) => {
  for (let done = 0; done < entries; ) {
    for await (const entry of filled.createReadStream({ gte: key(number()), limit: 100 })) {
      if (entry.value.length !== 100) throw new Error('a value is cut off')
      done++
    }
  }
})
await filled.close()
