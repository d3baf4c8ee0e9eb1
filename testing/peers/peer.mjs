// A peer of npm's packages that a test drives: `node peer.mjs FOLDER`. It reads a request a line,
// {"id": 1, "do": "core.open", …}, answers with a line {"id": 1, "answer": {…}} or
// {"id": 1, "error": "…"}, says what happens in between with {"event": "…", …}, and ends when its
// input does.
import Corestore from 'corestore'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { commands as bees } from './lib/bees.mjs'
import { commands as cores } from './lib/cores.mjs'
import { commands as drives } from './lib/drives.mjs'
import { commands as links } from './lib/links.mjs'

const folder = process.argv[2]
const say = (line) => process.stdout.write(JSON.stringify(line) + '\n')

const peer = {
  store: new Corestore(join(folder, 'store')),
  things: new Map(),
  links: new Set(),
  path: (name) => join(folder, name),
  tell: say,
  thing(name) {
    if (!this.things.has(name)) throw new Error(`nothing is open as ${name}`)
    return this.things.get(name)
  }
}

const own = {
  close: async (_, { of }) => {
    await peer.thing(of).close()
    peer.things.delete(of)
    return {}
  },
  usage: async () => ({ cpu: process.cpuUsage(), memory: process.memoryUsage() })
}

const commands = { ...own, ...bees, ...cores, ...drives, ...links }

async function answer(request) {
  const { id, do: command, ...more } = request
  try {
    if (!commands[command]) throw new Error(`there is no command ${command}`)
    say({ id, answer: await commands[command](peer, more) })
  } catch (error) {
    say({ id, error: String(error?.message ?? error) })
  }
}

mkdirSync(folder, { recursive: true })
await peer.store.ready()
say({ event: 'ready' })
createInterface({ input: process.stdin })
  .on('line', (line) => answer(JSON.parse(line)))
  .on('close', () => process.exit(0))
