// Keeps a shop's books with the document client of the AWS SDK for JavaScript v3 and its own
// defaults: the client finds the cloud by the environment that `bevy env` prints. Says "ok" at the
// end.
import assert from 'node:assert/strict'
import {
  DynamoDBClient, CreateTableCommand, DeleteTableCommand, waitUntilTableExists
} from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand, BatchWriteCommand, DeleteCommand, DynamoDBDocumentClient, ExecuteStatementCommand,
  GetCommand, NumberValue, PutCommand, QueryCommand, TransactGetCommand, TransactWriteCommand,
  UpdateCommand, paginateQuery, paginateScan
} from '@aws-sdk/lib-dynamodb'

const TableName = 'shop'
const client = new DynamoDBClient()
const docs = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })

async function open () {
  const key = (AttributeName, KeyType) => ({ AttributeName, KeyType })
  await client.send(new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' }, { AttributeName: 'sk', AttributeType: 'S' },
      { AttributeName: 'status', AttributeType: 'S' }, { AttributeName: 'total', AttributeType: 'N' }
    ],
    KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
    GlobalSecondaryIndexes: [{
      IndexName: 'by-status',
      KeySchema: [key('status', 'HASH'), key('total', 'RANGE')],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['bought'] }
    }],
    LocalSecondaryIndexes: [{
      IndexName: 'by-total',
      KeySchema: [key('pk', 'HASH'), key('total', 'RANGE')],
      Projection: { ProjectionType: 'ALL' }
    }]
  }))
  await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 30 }, { TableName })
}

async function stock () {
  const wares = [...Array(30).keys()].map(i => ({ pk: 'wares', sk: `ware ${i + 10}`, left: 5 }))
  for (const some of [wares.slice(0, 25), wares.slice(25)]) {
    const { UnprocessedItems } = await docs.send(new BatchWriteCommand({
      RequestItems: { [TableName]: some.map(Item => ({ PutRequest: { Item } })) }
    }))
    assert.deepEqual(UnprocessedItems, {})
  }
  const { Responses } = await docs.send(new BatchGetCommand({
    RequestItems: {
      [TableName]: { Keys: [{ pk: 'wares', sk: 'ware 10' }, { pk: 'wares', sk: 'none' }] }
    }
  }))
  assert.deepEqual(Responses[TableName], [{ pk: 'wares', sk: 'ware 10', left: 5 }])
}

const order = (number, total, bought) => ({
  pk: 'ada', sk: `order ${number}`, status: 'open', total, bought, note: undefined
})

const buy = (number, total, ware, count) => docs.send(new TransactWriteCommand({
  TransactItems: [
    {
      Update: {
        TableName,
        Key: { pk: 'wares', sk: ware },
        UpdateExpression: 'SET #l = #l - :n',
        ConditionExpression: '#l >= :n',
        ExpressionAttributeNames: { '#l': 'left' },
        ExpressionAttributeValues: { ':n': count },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD'
      }
    },
    {
      Put: {
        TableName,
        Item: order(number, total, [{ ware, count }]),
        ConditionExpression: 'attribute_not_exists(pk)'
      }
    }
  ],
  ClientRequestToken: `order-${number}`
}))

async function sell () {
  for (let i = 1; i <= 5; i++) await buy(i, 10 * i, `ware ${10 + i}`, i)
  await buy(5, 50, 'ware 15', 5) // the same once more
  await assert.rejects(buy(6, 60, 'ware 15', 1), error => {
    assert.equal(error.name, 'TransactionCanceledException')
    assert.deepEqual(error.CancellationReasons.map(reason => reason.Code), ['ConditionalCheckFailed', 'None'])
    assert.deepEqual(error.CancellationReasons[0].Item.left, { N: '0' })
    return true
  })
  const { Responses } = await docs.send(new TransactGetCommand({
    TransactItems: ['wares/ware 15', 'ada/order 5', 'ada/order 6'].map(name => {
      const [pk, sk] = name.split('/')
      return { Get: { TableName, Key: { pk, sk } } }
    })
  }))
  assert.deepEqual(Responses.map(({ Item }) => Item?.left ?? Item?.total), [0, 50, undefined])
}

async function look () {
  const totals = []
  for await (const page of paginateQuery({ client: docs, pageSize: 2 }, {
    TableName,
    IndexName: 'by-status',
    KeyConditionExpression: '#s = :open AND #t > :least',
    FilterExpression: 'bought[0].#c <> :three',
    ExpressionAttributeNames: { '#s': 'status', '#t': 'total', '#c': 'count' },
    ExpressionAttributeValues: { ':open': 'open', ':least': 10, ':three': 3 },
    ScanIndexForward: false
  })) totals.push(...page.Items.map(item => item.total))
  assert.deepEqual(totals, [50, 40, 20])
  const dear = await docs.send(new QueryCommand({
    TableName,
    IndexName: 'by-total',
    KeyConditionExpression: 'pk = :p AND #t BETWEEN :a AND :b',
    ExpressionAttributeNames: { '#t': 'total' },
    ExpressionAttributeValues: { ':p': 'ada', ':a': 20, ':b': 40 },
    Select: 'COUNT'
  }))
  assert.equal(dear.Count, 3)
  let scanned = 0
  for (let Segment = 0; Segment < 3; Segment++) {
    for await (const page of paginateScan({ client: docs, pageSize: 7 }, {
      TableName, Segment, TotalSegments: 3
    })) scanned += page.Count
  }
  assert.equal(scanned, 35)
}

async function change () {
  const Key = { pk: 'ada', sk: 'order 1' }
  const { Attributes } = await docs.send(new UpdateCommand({
    TableName,
    Key,
    UpdateExpression: 'SET bought = list_append(bought, :more), seen = if_not_exists(seen, :zero) + :one'
      + ' REMOVE #s ADD tags :tags',
    ExpressionAttributeNames: { '#s': 'status' },
    ExpressionAttributeValues: {
      ':more': [{ ware: 'gift', count: 1 }], ':zero': 0, ':one': 1, ':tags': new Set(['gift'])
    },
    ReturnValues: 'ALL_NEW'
  }))
  assert.deepEqual(Attributes, {
    ...Key,
    total: 10,
    seen: 1,
    tags: new Set(['gift']),
    bought: [{ ware: 'ware 11', count: 1 }, { ware: 'gift', count: 1 }]
  })
  const exact = { pk: 'exact', sk: '1', number: NumberValue.from('12345678901234567890.123456789') }
  await docs.send(new PutCommand({ TableName, Item: exact }))
  const wide = DynamoDBDocumentClient.from(new DynamoDBClient(), { unmarshallOptions: { wrapNumbers: true } })
  const { Item } = await wide.send(new GetCommand({ TableName, Key: { pk: 'exact', sk: '1' } }))
  assert.equal(Item.number.value, '12345678901234567890.123456789')
  const gone = await docs.send(new DeleteCommand({ TableName, Key, ReturnValues: 'ALL_OLD' }))
  assert.equal(gone.Attributes.total, 10)
}

async function ask () {
  const totals = []
  let NextToken
  do {
    const page = await docs.send(new ExecuteStatementCommand({
      Statement: `SELECT "total" FROM ${TableName} WHERE pk = ? AND begins_with(sk, ?)`,
      Parameters: ['ada', 'order'],
      Limit: 2,
      NextToken
    }))
    totals.push(...page.Items.map(item => item.total))
    NextToken = page.NextToken
  } while (NextToken)
  assert.deepEqual(totals, [20, 30, 40, 50])
}

await open()
await stock()
await sell()
await look()
await change()
await ask()
await client.send(new DeleteTableCommand({ TableName }))
console.log('ok')
