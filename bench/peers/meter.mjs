// Measures this process as bench's Meter does, for as long, and prints the same lines.
const WARM_UP_SECONDS = 15
const MEASURED_SECONDS = 5

export async function measure(name, operations, work) {
  await rounds(operations, WARM_UP_SECONDS, work)
  const cpu = process.cpuUsage()
  const time = process.hrtime.bigint()
  const done = await rounds(operations, MEASURED_SECONDS, work)
  const used = process.cpuUsage(cpu)
  const seconds = secondsSince(time)
  const cpuSeconds = (used.user + used.system) / 1e6
  console.log(JSON.stringify({ name, operations: done * operations, cpuSeconds, seconds }))
}

// Works for at least so long, and says how many rounds that were.
async function rounds(operations, seconds, work) {
  const begun = process.hrtime.bigint()
  let done = 0
  do {
    await work(operations)
    done++
  } while (secondsSince(begun) < seconds)
  return done
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
