// npm's hypercore on the same work as CoreBench. It never calls fsync.
import { createRequire } from 'node:module'
import { randomFillSync } from 'node:crypto'
import { join } from 'node:path'
import { atATime, measure } from '../peers/meter.mjs'

const Hypercore = createRequire(new URL('../peers/', import.meta.url))('hypercore')
const folder = process.argv[2]
let opened = 0

async function open() {
  const core = new Hypercore(join(folder, String(opened++)))
  await core.ready()
  return core
}

const block = () => randomFillSync(Buffer.allocUnsafe(1024))
const batch = () => Array.from({ length: 100 }, block)

async function withCore(work) {
  const core = await open()
  await work(core)
  await core.close()
}

await measure('append 1 KiB, one after the other', 5_000, (appends) =>
  withCore(async (core) => {
    for (let number = 0; number < appends; number++) await core.append(block())
  })
)
await measure('append 1 KiB, 64 at a time', 100_000, (appends) =>
  withCore((core) => atATime(64, appends, () => core.append(block())))
)
await measure('append 1 KiB, batches of 100', 100_000, (appends) =>
  withCore(async (core) => {
    for (let number = 0; number < appends / 100; number++) await core.append(batch())
  })
)

const filled = await open()
for (let number = 0; number < 1000; number++) await filled.append(batch())
await measure('get 1 KiB at random', 200_000, async (gets) => {
  for (let number = 0; number < gets; number++) {
    await filled.get(Math.floor(Math.random() * filled.length))
  }
})
await filled.close()
