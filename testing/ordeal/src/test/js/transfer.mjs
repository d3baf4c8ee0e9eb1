// Carries a real tree up and down with the AWS SDK for JavaScript v3: `node transfer.mjs TREE BACK`.
// The clients have their own defaults and find the cloud by the environment that `bevy env` prints.
// Says "ok" at the end.
import assert from 'node:assert/strict'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readFile, readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'
import {
  S3Client, CreateBucketCommand, PutObjectCommand, GetObjectCommand, HeadObjectCommand,
  ListMultipartUploadsCommand, CreateMultipartUploadCommand, UploadPartCommand,
  CompleteMultipartUploadCommand, paginateListObjectsV2
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { createPresignedPost } from '@aws-sdk/s3-presigned-post'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'

const [tree, back] = process.argv.slice(2)
const Bucket = 'transfers'
const LARGE = 'large/libraries'
const partSize = 5 * 1024 * 1024
const s3 = new S3Client({ forcePathStyle: true })

async function up () {
  const entries = await readdir(tree, { recursive: true, withFileTypes: true })
  const files = entries.filter(e => e.isFile()).map(e => join(e.parentPath ?? e.path, e.name))
  await each(files, file => new Upload({
    client: s3,
    partSize,
    params: { Bucket, Key: 'tree/' + file.slice(tree.length + 1), Body: createReadStream(file) }
  }).done())
  return files.length
}

async function down () {
  const keys = []
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix: 'tree/' })) {
    keys.push(...page.Contents.map(o => o.Key))
  }
  await each(keys, async Key => {
    const file = join(back, Key.slice('tree/'.length))
    await mkdir(dirname(file), { recursive: true })
    const got = await s3.send(new GetObjectCommand({ Bucket, Key }))
    await pipeline(got.Body, createWriteStream(file))
  })
  return keys.length
}

async function checksums () {
  const put = await s3.send(new PutObjectCommand({ Bucket, Key: 'hello', Body: 'hello' }))
  assert.equal(put.ChecksumCRC32, 'NhCmhg==')
  const file = join(tree, LARGE)
  const { size } = await stat(file)
  const streamed = await s3.send(new PutObjectCommand({
    Bucket, Key: 'streamed', Body: createReadStream(file), ContentLength: size
  }))
  const head = await s3.send(new HeadObjectCommand({
    Bucket, Key: 'streamed', ChecksumMode: 'ENABLED'
  }))
  assert.equal(head.ContentLength, size)
  assert.equal(head.ChecksumCRC32, streamed.ChecksumCRC32)
  const whole = await s3.send(new PutObjectCommand({
    Bucket, Key: 'whole', Body: createReadStream(file), ContentLength: size, ChecksumAlgorithm: 'CRC64NVME'
  }))
  const inParts = await new Upload({
    client: s3, partSize, params: { Bucket, Key: 'parts', Body: createReadStream(file), ChecksumAlgorithm: 'CRC64NVME' }
  }).done()
  assert.equal(inParts.ChecksumType, 'FULL_OBJECT')
  assert.equal(inParts.ChecksumCRC64NVME, whole.ChecksumCRC64NVME)
}

async function givenUp () {
  const large = new Upload({
    client: s3, partSize, params: { Bucket, Key: 'given up', Body: createReadStream(join(tree, LARGE)) }
  })
  large.once('httpUploadProgress', () => large.abort())
  await assert.rejects(large.done(), { name: 'AbortError' })
  await assert.rejects(s3.send(new HeadObjectCommand({ Bucket, Key: 'given up' })), { name: 'NotFound' })
  // The SDK says that it was aborted first, and tells the cloud afterwards.
  const deadline = Date.now() + 20_000
  while ((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads) {
    assert.ok(Date.now() < deadline, 'an upload is left behind')
    await setTimeout(20)
  }
}

async function presigned () {
  const Key = 'pre signed/ü & +.txt'
  const put = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key, ContentType: 'text/plain' }))
  const stored = await fetch(put, { method: 'PUT', body: 'hello', headers: { 'Content-Type': 'text/plain' } })
  assert.equal(stored.status, 200)
  const get = await getSignedUrl(s3, new GetObjectCommand({
    Bucket, Key, ResponseContentDisposition: 'attachment; filename="a.txt"'
  }))
  const got = await fetch(get)
  assert.equal(got.headers.get('content-disposition'), 'attachment; filename="a.txt"')
  assert.equal(await got.text(), 'hello')
  assert.equal((await fetch(get.replace('filename', 'pathname'))).status, 403)
  const old = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key }), {
    expiresIn: 60, signingDate: new Date(Date.now() - 61_000)
  })
  const late = await fetch(old)
  assert.equal(late.status, 403)
  assert.match(await late.text(), /Request has expired/)
  await presignedPart()
}

async function presignedPart () {
  const Key = 'in parts'
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }))
  const url = await getSignedUrl(s3, new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1 }))
  const part = await fetch(url, { method: 'PUT', body: 'a part' })
  const Parts = [{ PartNumber: 1, ETag: part.headers.get('etag') }]
  await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }))
  const got = await s3.send(new GetObjectCommand({ Bucket, Key }))
  assert.equal(await got.Body.transformToString(), 'a part')
}

async function posted () {
  const { url, fields } = await createPresignedPost(s3, {
    Bucket,
    Key: 'forms/${filename}',
    Conditions: [['content-length-range', 1, 1000], ['starts-with', '$Content-Type', 'text/']],
    Fields: { success_action_status: '201' },
    Expires: 60
  })
  const post = (body, type) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    form.append('Content-Type', type)
    form.append('file', new Blob([body]), 'note.txt')
    return fetch(url, { method: 'POST', body: form })
  }
  const good = await post('a note', 'text/plain')
  assert.equal(good.status, 201)
  assert.match(await good.text(), /<Key>forms\/note.txt<\/Key>/)
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'forms/note.txt' }))
  assert.equal(await got.Body.transformToString(), 'a note')
  assert.equal(got.ContentType, 'text/plain')
  assert.match(await (await post('x'.repeat(1001), 'text/plain')).text(), /EntityTooLarge/)
  assert.equal((await post('a note', 'image/png')).status, 403)
}

// Eight at a time.
async function each (items, work) {
  const left = [...items]
  await Promise.all([...Array(8)].map(async () => {
    while (left.length > 0) await work(left.pop())
  }))
}

await s3.send(new CreateBucketCommand({ Bucket }))
assert.equal(await up(), await down())
await checksums()
await givenUp()
await presigned()
await posted()
const piece = await s3.send(new GetObjectCommand({ Bucket, Key: 'tree/' + LARGE, Range: 'bytes=-1000' }))
const whole = await readFile(join(tree, LARGE))
assert.ok(whole.subarray(-1000).equals(Buffer.from(await piece.Body.transformToByteArray())))
console.log('ok')
