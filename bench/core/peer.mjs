// npm's hypercore on the same work as CoreBench. It never calls fsync.
import { createRequire } from 'node:module'
import { randomFillSync } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { aside, atATime, measure } from '../peers/meter.mjs'

const Hypercore = createRequire(new URL('../peers/', import.meta.url))('hypercore')
const folder = process.argv[2]
let opened = 0

async function open() {
  const core = new Hypercore(join(folder, String(opened++)))
  await core.ready()
  return core
}

// Made before: what is measured is hypercore, not the making of random bytes.
const batch = Array.from({ length: 100 }, () => randomFillSync(Buffer.allocUnsafe(1024)))
const block = () => batch[opened % batch.length]

async function withCore(work) {
  const core = await open()
  await work(core)
  await core.close()
  // As CoreBench does: what a machine has that runs for long is memory it has had before.
  await aside(() => rm(join(folder, String(opened - 1)), { recursive: true }))
}

await measure('append 1 KiB, one after the other', 2_000, (appends) =>
  withCore(async (core) => {
    for (let number = 0; number < appends; number++) await core.append(block())
  })
)
await measure('append 1 KiB, 64 at a time', 10_000, (appends) =>
  withCore((core) => atATime(64, appends, () => core.append(block())))
)
await measure('append 1 KiB, batches of 100, 8 at a time', 50_000, (appends) =>
  withCore((core) => atATime(8, appends / 100, () => core.append(batch)))
)

const filled = await open()
for (let number = 0; number < 1000; number++) await filled.append(batch)
await measure('get 1 KiB at random', 50_000, async (gets) => {
  for (let number = 0; number < gets; number++) {
    await filled.get(Math.floor(Math.random() * filled.length))
  }
})
await filled.close()
