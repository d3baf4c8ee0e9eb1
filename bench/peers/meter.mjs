// Measures this process as bench's Meter does, for as long, and prints the same lines: of the same
// work, where the environment's BENCH_ONLY has some text.
const WARM_UP_SECONDS = 30
const MEASURED_SECONDS = 5
let asideCpu = 0
let asideSeconds = 0

export async function measure(name, operations, work) {
  if (!name.includes(process.env.BENCH_ONLY ?? '')) return
  await rounds(operations, WARM_UP_SECONDS, work)
  const cpu = cpuSeconds()
  const time = seconds()
  const done = await rounds(operations, MEASURED_SECONDS, work)
  const measured = { cpuSeconds: cpuSeconds() - cpu, seconds: seconds() - time }
  console.log(JSON.stringify({ name, operations: done * operations, ...measured }))
}

// Does what belongs to no measurement, in the middle of one: clearing up between its rounds.
export async function aside(work) {
  const cpu = cpuSeconds()
  const time = seconds()
  const result = await work()
  asideCpu += cpuSeconds() - cpu
  asideSeconds += seconds() - time
  return result
}

// Works for at least so many seconds of CPU time, and says how many rounds that were.
async function rounds(operations, atLeast, work) {
  const begun = cpuSeconds()
  let done = 0
  do {
    await work(operations)
    done++
  } while (cpuSeconds() - begun < atLeast)
  return done
}

function cpuSeconds() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6 - asideCpu
}

function seconds() {
  return Number(process.hrtime.bigint()) / 1e9 - asideSeconds
}

// Runs `operations` calls of `one`, `tasks` of them at a time.
export async function atATime(tasks, operations, one) {
  const each = Math.floor(operations / tasks)
  await Promise.all(
    Array.from({ length: tasks }, async () => {
      for (let number = 0; number < each; number++) await one()
    })
  )
}
