// Measures this process as bench's Meter does, and prints the same lines.
export async function measure(name, operations, work) {
  for (let round = 0; round < 3; round++) await work(operations)
  const cpu = process.cpuUsage()
  const time = process.hrtime.bigint()
  await work(operations)
  const used = process.cpuUsage(cpu)
  const seconds = Number(process.hrtime.bigint() - time) / 1e9
  const cpuSeconds = (used.user + used.system) / 1e6
  console.log(JSON.stringify({ name, operations, cpuSeconds, seconds }))
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
