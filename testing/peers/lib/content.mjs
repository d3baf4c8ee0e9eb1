// Bytes that both sides can make: `Content` of this module is the same in Java.
export function content(seed, index, size) {
  const bytes = Buffer.allocUnsafe(size)
  let state = (Math.imul(index, 0x9e3779b1) + seed) | 0
  for (let at = 0; at < size; at++) {
    if (at % 4 === 0) state = (Math.imul(state, 1664525) + 1013904223) | 0
    bytes[at] = state >>> (8 * (at % 4))
  }
  return bytes
}

export function contents(seed, from, to, size) {
  return Array.from({ length: to - from }, (_, at) => content(seed, from + at, size))
}
