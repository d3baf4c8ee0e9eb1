// Measures this process as bench's Meter does, for as long, and prints the same lines: of the same
// work, where the environment's BENCH_ONLY has some text.
const WARM_UP_SECONDS = 30
const MEASURED_SECONDS = 5

export async function measure(name, operations, work) {
  if (!name.includes(process.env.BENCH_ONLY ?? '')) return
  await rounds(operations, WARM_UP_SECONDS, work)
  const cpu = process.cpuUsage()
  const time = process.hrtime.bigint()
  const done = await rounds(operations, MEASURED_SECONDS, work)
  const cpuSeconds = cpuSecondsSince(cpu)
  const seconds = secondsSince(time)
  console.log(JSON.stringify({ name, operations: done * operations, cpuSeconds, seconds }))
}

// Works for at least so many seconds of CPU time, and says how many rounds that were.
async function rounds(operations, seconds, work) {
  const begun = process.cpuUsage()
  let done = 0
  do {
    await work(operations)
    done++
  } while (cpuSecondsSince(begun) < seconds)
  return done
}

function cpuSecondsSince(usage) {
  const { user, system } = process.cpuUsage(usage)
  return (user + system) / 1e6
}

function secondsSince(time) {
  return Number(process.hrtime.bigint() - time) / 1e9
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
