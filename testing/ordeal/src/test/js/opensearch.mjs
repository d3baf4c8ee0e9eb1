// Does a small job with OpenSearch's own client, once with a name and a password and once signed.
// Says "ok" at the end.
import assert from 'node:assert/strict'
import { Client } from '@opensearch-project/opensearch'
import { AwsSigv4Signer } from '@opensearch-project/opensearch/aws'

const node = process.env.AWS_ENDPOINT_URL
const accessKeyId = process.env.AWS_ACCESS_KEY_ID
const secretAccessKey = process.env.AWS_SECRET_ACCESS_KEY
const books = [
  { id: 'moby', title: 'Moby Dick', year: 1851, tags: ['sea', 'whale'], shape: [1, 0] },
  { id: 'old/man', title: 'The Old Man and the Sea', year: 1952, tags: ['sea'], shape: [1, 1] },
  { id: 'dune', title: 'Dune', year: 1965, tags: ['sand'], shape: [0, 1] }
]

// Another name, a template, and the words of a text.
async function names (client, index) {
  await client.indices.putAlias({ index, name: `${index}-alias` })
  assert.equal((await client.count({ index: `${index}-alias` })).body.count, 2)
  await client.indices.updateAliases({
    body: { actions: [{ remove: { index, alias: `${index}-alias` } }, { add: { index, alias: `${index}-other` } }] }
  })
  assert.equal((await client.indices.existsAlias({ name: `${index}-alias` })).body, false)
  assert.deepEqual(Object.keys((await client.indices.getAlias({ name: `${index}-other` })).body), [index])
  await client.indices.putIndexTemplate({
    name: index,
    body: { index_patterns: [`${index}-copy*`], template: { mappings: { properties: { year: { type: 'integer' } } } } }
  })
  const copied = await client.reindex({
    body: { source: { index, query: { range: { year: { gte: 1960 } } } }, dest: { index: `${index}-copy` } }
  })
  assert.equal(copied.body.created, 1)
  const mapping = (await client.indices.getMapping({ index: `${index}-copy` })).body
  assert.equal(mapping[`${index}-copy`].mappings.properties.year.type, 'integer')
  await client.indices.delete({ index: `${index}-copy` })
  await client.indices.deleteIndexTemplate({ name: index })
  const words = await client.indices.analyze({ body: { analyzer: 'english', text: 'Running whales' } })
  assert.deepEqual(words.body.tokens.map(word => word.token), ['run', 'whale'])
  const why = await client.explain({ index, id: 'dune', body: { query: { match: { title: 'dune' } } } })
  assert.equal(why.body.matched, true)
  assert.equal((await client.cluster.health({ index, wait_for_status: 'green' })).body.status, 'green')
}

// Many documents, read page by page in three ways, and changed by queries.
async function pages (client, index) {
  const many = `${index}-many`
  await client.helpers.bulk({
    datasource: Array.from({ length: 250 }, (_, n) => ({ n })),
    onDocument: ({ n }) => ({ index: { _index: many, _id: String(n) } })
  })
  const seen = []
  for await (const hit of client.helpers.scrollDocuments({ index: many, size: 100, body: { query: { match_all: {} } } })) {
    seen.push(hit.n)
  }
  assert.equal(new Set(seen).size, 250)
  const pit = (await client.createPit({ index: many, keep_alive: '1m' })).body.pit_id
  const deleted = await client.deleteByQuery({ index: many, body: { query: { range: { n: { gte: 200 } } } } })
  assert.equal(deleted.body.deleted, 50)
  let after
  let count = 0
  while (true) {
    const page = await client.search({
      body: { size: 100, pit: { id: pit }, sort: [{ n: 'asc' }], ...(after && { search_after: after }) }
    })
    if (page.body.hits.hits.length === 0) break
    count += page.body.hits.hits.length
    after = page.body.hits.hits.at(-1).sort
  }
  assert.equal(count, 250)
  assert.equal((await client.deletePit({ body: { pit_id: [pit] } })).body.pits[0].successful, true)
  await assert.rejects(
    client.search({ body: { pit: { id: pit } } }),
    error => error.statusCode === 404 && error.body.error.type === 'search_context_missing_exception'
  )
  assert.equal((await client.updateByQuery({ index: many })).body.updated, 200)
  assert.match((await client.cat.count({ index: many })).body, / 200\n$/)
  await client.indices.delete({ index: many })
}

async function job (client, index) {
  const info = await client.info()
  assert.equal(info.body.version.distribution, 'opensearch')
  assert.equal((await client.cluster.health()).body.status, 'green')
  assert.equal((await client.indices.exists({ index })).body, false)
  await client.indices.create({
    index,
    body: {
      settings: { index: { knn: true } },
      mappings: {
        properties: {
          title: { type: 'text' },
          year: { type: 'integer' },
          tags: { type: 'keyword' },
          shape: { type: 'knn_vector', dimension: 2, space_type: 'l2' }
        }
      }
    }
  })
  assert.equal((await client.indices.exists({ index })).body, true)
  const loaded = await client.helpers.bulk({
    datasource: books,
    onDocument: ({ id, ...document }) => [{ index: { _index: index, _id: id } }, document],
    refresh: true
  })
  assert.equal(loaded.successful, 3)
  assert.equal(loaded.failed, 0)

  const found = await client.search({
    index,
    body: {
      query: { match: { title: 'sea' } },
      aggs: { tags: { terms: { field: 'tags' } } },
      highlight: { fields: { title: {} } }
    }
  })
  assert.deepEqual(found.body.hits.hits.map(hit => hit._id), ['old/man'])
  assert.equal(found.body.hits.hits[0]._source.year, 1952)
  assert.equal(found.body.hits.hits[0].highlight.title[0], 'The Old Man and the <em>Sea</em>')
  const near = await client.search({
    index, body: { size: 1, query: { knn: { shape: { vector: [0.1, 0.9], k: 1 } } } }
  })
  assert.equal(near.body.hits.hits[0]._id, 'dune')
  const counted = await client.search({
    index, size: 0, body: { aggs: { tags: { terms: { field: 'tags' } } } }
  })
  assert.deepEqual(counted.body.aggregations.tags.buckets[0], { key: 'sea', doc_count: 2 })

  const got = await client.get({ index, id: 'old/man' })
  assert.deepEqual(got.body._source.shape, [1, 1])
  const guard = { if_seq_no: got.body._seq_no, if_primary_term: got.body._primary_term }
  await client.update({ index, id: 'old/man', ...guard, body: { doc: { year: 1953 } } })
  await assert.rejects(
    client.index({ index, id: 'old/man', ...guard, body: { title: 'late' } }),
    error => error.statusCode === 409 &&
      error.body.error.type === 'version_conflict_engine_exception'
  )
  const several = await client.msearch({
    body: [
      { index }, { query: { range: { year: { gte: 1953 } } } },
      { index }, { query: { term: { tags: 'whale' } } }
    ]
  })
  assert.deepEqual(
    several.body.responses.map(one => one.hits.hits.map(hit => hit._id).sort()),
    [['dune', 'old/man'], ['moby']]
  )
  await client.delete({ index, id: 'moby' })
  assert.equal((await client.count({ index })).body.count, 2)
  await assert.rejects(client.get({ index, id: 'moby' }), error => error.statusCode === 404)
  const mapping = await client.indices.getMapping({ index })
  assert.equal(mapping.body[index].mappings.properties.year.type, 'integer')
  await names(client, index)
  await pages(client, index)
  await client.indices.delete({ index })
  assert.equal((await client.indices.exists({ index })).body, false)
}

await job(new Client({ node, auth: { username: accessKeyId, password: secretAccessKey } }), 'named')
await job(
  new Client({
    ...AwsSigv4Signer({
      region: process.env.AWS_REGION ?? 'us-east-1',
      service: 'es',
      getCredentials: async () => ({ accessKeyId, secretAccessKey })
    }),
    node
  }),
  'signed'
)
await assert.rejects(
  new Client({ node, auth: { username: accessKeyId, password: 'wrong' } }).search({ index: 'x' }),
  error => error.statusCode === 401 && error.body.error.type === 'security_exception'
)
console.log('ok')
