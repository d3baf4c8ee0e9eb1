// npm's hyperdrive on the same work as DriveBench. It never calls fsync.
import { createRequire } from 'node:module'
import { randomFillSync } from 'node:crypto'
import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { aside, measure } from '../peers/meter.mjs'

const require = createRequire(new URL('../peers/', import.meta.url))
const Corestore = require('corestore')
const Hyperdrive = require('hyperdrive')
const folder = process.argv[2]
const MIB = 64
const FILES = 1000
let opened = 0

async function open() {
  const drive = new Hyperdrive(new Corestore(join(folder, String(opened++))))
  await drive.ready()
  return drive
}

const large = randomFillSync(Buffer.allocUnsafe(MIB << 20))
const small = Array.from({ length: FILES }, () => randomFillSync(Buffer.allocUnsafe(4096)))
const path = (number) => `/folder/file${number}`

async function withDrive(work) {
  const drive = await aside(open)
  await work(drive)
  await aside(async () => {
    await drive.close()
    rmSync(join(folder, String(opened - 1)), { recursive: true }) // or the disk is soon full
    settle()
  })
}

// Waits until the disk is done with what was deleted.
function settle() {
  const file = openSync(join(folder, 'settled'), 'w')
  fsyncSync(file)
  closeSync(file)
}

async function check(bytes, size) {
  if (bytes.length !== size) throw new Error('a file is cut off')
}

await measure('put files of 64 MiB, a MiB', 4 * MIB, async (puts) => {
  await withDrive(async (drive) => {
    for (let number = 0; number < puts / MIB; number++) await drive.put('/large' + number, large)
  })
})

const filled = await open()
await filled.put('/large', large)
await measure('get files of 64 MiB, a MiB', 8 * MIB, async (gets) => {
  for (let number = 0; number < gets / MIB; number++) {
    await check(await filled.get('/large'), large.length)
  }
})

await measure('put files of 4 KiB, one after the other', FILES, (puts) =>
  withDrive(async (drive) => {
    for (let number = 0; number < puts; number++) await drive.put(path(number), small[number])
  })
)
await measure('put files of 4 KiB, 64 at a time', FILES, (puts) =>
  withDrive(async (drive) => {
    let next = 0
    await Promise.all(
      Array.from({ length: 64 }, async () => {
          while (next < puts) {
          const number = next++
          await drive.put(path(number), small[number])
        }
      })
    )
  })
)
await measure('put files of 4 KiB, in one batch', FILES, (puts) =>
  withDrive(async (drive) => {
    const batch = drive.batch()
    for (let number = 0; number < puts; number++) await batch.put(path(number), small[number])
    await batch.flush()
  })
)

const batch = filled.batch()
for (let number = 0; number < FILES; number++) await batch.put(path(number), small[number])
await batch.flush()
await measure('get files of 4 KiB', 5 * FILES, async (gets) => {
  for (let number = 0; number < gets; number++) {
    await check(await filled.get(path(number % FILES)), 4096)
  }
})
await measure('list files', 20 * FILES, async (entries) => {
  for (let done = 0; done < entries; ) for await (const _ of filled.list('/folder')) done++
})
await filled.close()
