// `indexing.mjs before` has an index be made anew; `indexing.mjs after` uses another one and waits until
// the first is whole, which it has to become by itself. Both say "ok" at the end.
import assert from 'node:assert/strict'
import { Client } from '@opensearch-project/opensearch'

const client = new Client({
  node: process.env.AWS_ENDPOINT_URL,
  auth: { username: process.env.AWS_ACCESS_KEY_ID, password: process.env.AWS_SECRET_ACCESS_KEY }
})
const index = 'large'
const count = 3000

async function before () {
  await client.indices.create({
    index, body: { mappings: { properties: { title: { type: 'text' }, n: { type: 'long' } } } }
  })
  const body = []
  for (let n = 0; n < count; n++) body.push({ index: { _id: String(n) } }, { n, title: `word${n} same` })
  assert.equal((await client.bulk({ index, body })).body.errors, false)
  await client.search({ index, q: 'same' })
  await client.indices.putMapping({ index, body: { properties: { tag: { type: 'keyword' } } } })
  await client.index({ index, id: 'last', body: { title: 'last' } })
}

async function after () {
  await client.index({ index: 'other', id: '1', body: { title: 'something else' } })
  const end = Date.now() + 30_000
  while ((await client.cluster.health({ index })).body.status !== 'green') {
    assert.ok(Date.now() < end, 'the index is not made')
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  const asItIs = { size: 0, refresh: false, track_total_hits: true }
  assert.equal((await client.search({ index, body: asItIs })).body.hits.total.value, count + 1)
  const found = await client.search({ index, q: 'title:last' })
  assert.deepEqual(found.body.hits.hits.map(hit => hit._id), ['last'])
}

await (process.argv[2] === 'before' ? before() : after())
console.log('ok')
