// A small real job with the AWS SDK for JavaScript v3 and its own defaults: the clients find the
// cloud by the environment that `bevy env` prints. Says "ok" at the end.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import {
  S3Client, CreateBucketCommand, PutObjectCommand, GetObjectCommand, HeadObjectCommand,
  ListObjectsV2Command, CopyObjectCommand, DeleteObjectsCommand, DeleteBucketCommand,
  paginateListObjectsV2
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import {
  DynamoDBClient, CreateTableCommand, DeleteTableCommand, waitUntilTableExists
} from '@aws-sdk/client-dynamodb'
import {
  DynamoDBDocumentClient, PutCommand, GetCommand, UpdateCommand, QueryCommand, ScanCommand,
  BatchWriteCommand, DeleteCommand
} from '@aws-sdk/lib-dynamodb'

const Bucket = 'javascript'

async function buckets () {
  const s3 = new S3Client({ forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket }))
  await s3.send(new PutObjectCommand({
    Bucket, Key: 'a/ü & ü.txt', Body: 'hello', ContentType: 'text/plain', Metadata: { color: 'blue' }
  }))
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'a/ü & ü.txt' }))
  assert.equal(head.ContentType, 'text/plain')
  assert.deepEqual(head.Metadata, { color: 'blue' })
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'a/ü & ü.txt', Range: 'bytes=1-3' }))
  assert.equal(await got.Body.transformToString(), 'ell')

  const large = randomBytes(12 * 1024 * 1024 + 17)
  await new Upload({
    client: s3, params: { Bucket, Key: 'large', Body: Readable.from(slices(large)) }
  }).done()
  const back = await s3.send(new GetObjectCommand({ Bucket, Key: 'large' }))
  assert.ok(large.equals(Buffer.from(await back.Body.transformToByteArray())))

  await s3.send(new CopyObjectCommand({ Bucket, Key: 'b/copy', CopySource: `${Bucket}/large` }))
  const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: 'b/copy' }), { expiresIn: 60 })
  const signed = await fetch(url)
  assert.equal(signed.status, 200)
  assert.ok(large.equals(Buffer.from(await signed.arrayBuffer())))

  const top = await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: '/' }))
  assert.deepEqual(top.CommonPrefixes.map(p => p.Prefix), ['a/', 'b/'])
  const keys = []
  for await (const page of paginateListObjectsV2({ client: s3, pageSize: 1 }, { Bucket })) {
    keys.push(...page.Contents.map(o => o.Key))
  }
  assert.deepEqual(keys, ['a/ü & ü.txt', 'b/copy', 'large'])

  await assert.rejects(s3.send(new GetObjectCommand({ Bucket, Key: 'none' })), { name: 'NoSuchKey' })
  await assert.rejects(s3.send(new DeleteBucketCommand({ Bucket })), { name: 'BucketNotEmpty' })
  await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map(Key => ({ Key })) } }))
  await s3.send(new DeleteBucketCommand({ Bucket }))
}

async function tables () {
  const client = new DynamoDBClient()
  const docs = DynamoDBDocumentClient.from(client)
  const TableName = 'javascript'
  await client.send(new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'who', AttributeType: 'S' }, { AttributeName: 'at', AttributeType: 'N' }
    ],
    KeySchema: [{ AttributeName: 'who', KeyType: 'HASH' }, { AttributeName: 'at', KeyType: 'RANGE' }]
  }))
  await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 30 }, { TableName })

  const item = { who: 'ada', at: 1, tags: new Set(['x', 'y']), deep: { list: [1, 'two', null, true] } }
  await docs.send(new PutCommand({ TableName, Item: item }))
  const got = await docs.send(new GetCommand({ TableName, Key: { who: 'ada', at: 1 } }))
  assert.deepEqual(got.Item, item)
  await assert.rejects(docs.send(new PutCommand({
    TableName, Item: item, ConditionExpression: 'attribute_not_exists(who)'
  })), { name: 'ConditionalCheckFailedException' })

  const updated = await docs.send(new UpdateCommand({
    TableName,
    Key: { who: 'ada', at: 1 },
    UpdateExpression: 'SET deep.#l[1] = :two ADD hits :one',
    ExpressionAttributeNames: { '#l': 'list' },
    ExpressionAttributeValues: { ':two': 2, ':one': 1 },
    ReturnValues: 'ALL_NEW'
  }))
  assert.equal(updated.Attributes.hits, 1)
  assert.deepEqual(updated.Attributes.deep.list, [1, 2, null, true])

  await docs.send(new BatchWriteCommand({
    RequestItems: {
      [TableName]: [...Array(25).keys()].map(i => ({
        PutRequest: { Item: { who: 'bob', at: i - 12, text: 'n' + i } }
      }))
    }
  }))
  const page = await docs.send(new QueryCommand({
    TableName,
    KeyConditionExpression: 'who = :w AND #at BETWEEN :a AND :b',
    ExpressionAttributeNames: { '#at': 'at' },
    ExpressionAttributeValues: { ':w': 'bob', ':a': -2, ':b': 10 },
    Limit: 5
  }))
  assert.deepEqual(page.Items.map(i => i.at), [-2, -1, 0, 1, 2])
  const rest = await docs.send(new QueryCommand({
    TableName,
    KeyConditionExpression: 'who = :w',
    ExpressionAttributeValues: { ':w': 'bob' },
    ExclusiveStartKey: page.LastEvaluatedKey,
    ScanIndexForward: true
  }))
  assert.equal(rest.Items[0].at, 3)
  const scan = await docs.send(new ScanCommand({ TableName, Select: 'COUNT' }))
  assert.equal(scan.Count, 26)
  await docs.send(new DeleteCommand({ TableName, Key: { who: 'ada', at: 1 } }))
  await client.send(new DeleteTableCommand({ TableName }))
}

function * slices (bytes) {
  for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000)
}

await buckets()
await tables()
console.log('ok')
