// Faults of dynalite, mended while it is loaded, so that what lies behind them can be compared too.
// Each says what DynamoDB does and names the text that is at fault; one that is no longer there
// stops the oracle. A fault that is only of an error's wording or order is no matter for this file:
// see ExplainedDifference.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const Module = require('node:module')

const MENDS = [
  {
    why: 'lists and maps are equal by what is in them, not by identity',
    file: 'db/index.js',
    from: `    return val1.every(function (val) { return ~val2.indexOf(val) })
  }
  else {`,
    to: `    return val1.every(function (val, i) {
      return typeof val == 'string' ? ~val2.indexOf(val) : valsEqual(val, val2[i])
    })
  }
  else if (val1 && val2 && typeof val1 == 'object' && typeof val2 == 'object') {
    var names = Object.keys(val1)
    return names.length == Object.keys(val2).length && names.every(function (name) {
      return name in val2 && valsEqual(val1[name], val2[name])
    })
  }
  else {`
  },
  {
    why: 'what is not there is equal to nothing, and is unequal to all; only scalars have an order',
    file: 'db/index.js',
    from: '  switch (comp) {\n  case \'EQ\':',
    to: `  if (~[ '=', '<', '<=', '>', '>=' ].indexOf(comp) && (attrType == null || compType == null)) return false
  if (comp == '<>' && (attrType == null || compType == null)) return true
  if (~[ '<', '<=', '>', '>=', 'LT', 'LE', 'GT', 'GE' ].indexOf(comp) && !~[ 'S', 'N', 'B' ].indexOf(attrType)) return false

  switch (comp) {
  case 'EQ':`
  },
  {
    why: 'the empty string, no bytes and false may be among values; a value may be that of a path',
    file: 'db/index.js',
    from: `    if (!attrVal) return false
    if (!compVals.some(function (compVal) {
      compType`,
    to: `    if (attrVal == null) return false
    if (!compVals.some(function (compVal) {
      if (compVal == null) return false
      compType`
  },
  {
    why: 'the empty string and no bytes may be between values',
    file: 'db/index.js',
    from: '    if (!attrVal || compType != attrType ||',
    to: '    if (attrVal == null || compType != attrType ||'
  },
  {
    why: 'the empty string, no bytes and false have a type',
    file: 'db/index.js',
    from: '    if (!attrVal || !valsEqual(attrType, compVal)) return false',
    to: '    if (attrVal == null || !valsEqual(attrType, compVal)) return false'
  },
  {
    why: 'bytes need not be UTF-8',
    file: 'db/index.js',
    from: `      attrVal = Buffer.from(attrVal, 'base64').toString()
      compVal = Buffer.from(compVal, 'base64').toString()`,
    to: `      attrVal = Buffer.from(attrVal, 'base64').toString('latin1')
      compVal = Buffer.from(compVal, 'base64').toString('latin1')`
  },
  {
    why: 'a list may contain any value; of the rest see above',
    file: 'db/index.js',
    from: 'function contains (compType, compVal, attrType, attrVal) {',
    to: `function contains (compType, compVal, attrType, attrVal) {
  if (compType == null || attrType == null) return false
  if (attrType == 'L') return attrVal.some(function (val) {
    return Object.keys(val)[0] == compType && valsEqual(val[compType], compVal)
  })
  if (attrType == 'B') return compType == 'B' &&
    Buffer.from(attrVal, 'base64').includes(Buffer.from(compVal, 'base64'))
  if (attrType == 'BS') return compType == 'B' && attrVal.includes(compVal)`
  },
  {
    why: 'what is not there passes no NOT_CONTAINS (Alternator\'s tests, run on DynamoDB)',
    file: 'db/index.js',
    from: '    return !contains(compType',
    to: '    return attrVal != null && !contains(compType'
  },
  {
    why: 'the empty string and no bytes have the size 0',
    file: 'db/index.js',
    from: `    else if (val.S) {
      length = val.S.length
    }
    else if (val.B) {`,
    to: `    else if (val.S != null) {
      length = val.S.length
    }
    else if (val.B != null) {`
  },
  {
    why: 'of tests by attribute with OR one must hold, whichever; Exists may be told beside a value',
    file: 'db/index.js',
    from: `    var comp = filter[attr].Exists != null ? (filter[attr].Exists ? 'NOT_NULL' : 'NULL') :
      filter[attr].ComparisonOperator || 'EQ'`,
    to: `    var comp = filter[attr].Exists === false ? 'NULL' : filter[attr].ComparisonOperator || 'EQ'`
  },
  {
    why: 'as above',
    file: 'db/index.js',
    from: `    if (!result) {
      return false
    }
    else if (conditionalOperator == 'OR') {
      return true
    }
  }
  return true
}`,
    to: `    if (!result && conditionalOperator != 'OR') {
      return false
    }
    else if (result && conditionalOperator == 'OR') {
      return true
    }
  }
  return conditionalOperator != 'OR'
}`
  },
  {
    why: 'values in Expected are values as all others: they are looked at, and numbers made plain',
    file: 'validations/index.js',
    from: `    if ('AttributeValueList' in condition && 'Value' in condition)`,
    to: `    var expected = (condition.AttributeValueList || []).concat(condition.Value || [])
    for (var i = 0; i < expected.length; i++) {
      var invalid = validateAttributeValue(expected[i])
      if (invalid) return invalid
    }

    if ('AttributeValueList' in condition && 'Value' in condition)`
  },
  {
    why: 'EQ and NE are for all types (API reference, Condition)',
    file: 'validations/index.js',
    from: `    EQ: [ 'S', 'N', 'B', 'SS', 'NS', 'BS' ],
    NE: [ 'S', 'N', 'B', 'SS', 'NS', 'BS' ],`,
    to: ''
  },
  {
    why: 'values that have no order are not put in order: they are refused',
    file: 'db/conditionParser.js',
    from: `            checkDistinct(comp, [x, y])
            return {type: comp`,
    to: `            checkDistinct(comp, [x, y])
            checkOrdered(comp, [x, y])
            return {type: comp`
  },
  {
    why: 'as above',
    file: 'db/conditionParser.js',
    from: `            checkBetweenArgs(y, z)
            return`,
    to: `            checkBetweenArgs(y, z)
            checkOrdered('BETWEEN', [y, z])
            return`
  },
  {
    why: 'as above',
    file: 'db/conditionParser.js',
    from: '    function checkBetweenArgs(x, y) {',
    to: `    function checkOrdered(name, args) {
      if (name == '=' || name == '<>') return
      for (var i = 0; i < args.length; i++) {
        var type = getImmediateType(args[i])
        if (!errors.function && type && !~['S', 'N', 'B'].indexOf(type)) {
          errors.function = 'Incorrect operand type for operator or function; ' +
            'operator or function: ' + name + ', operand type: ' + type
        }
      }
    }

    function checkBetweenArgs(x, y) {`
  },
  {
    why: 'keys are the same only if all of them is',
    file: 'validations/batchGetItem.js',
    from: 'return db.toRangeStr(key[attr]) })',
    to: 'return JSON.stringify([ attr, key[attr] ]) })'
  },
  {
    why: 'a Scan may be consistent',
    file: 'validations/scan.js',
    from: 'exports.types = {',
    to: `exports.types = {
  ConsistentRead: 'Boolean',`
  },
  {
    why: 'what is selected must go with the projection (API reference, Query: Select)',
    file: 'validations/scan.js',
    from: `[ 'AttributesToGet', 'ScanFilter', 'ConditionalOperator' ])
  if (msg) return msg`,
    to: `[ 'AttributesToGet', 'ScanFilter', 'ConditionalOperator' ]) || validations.checkSelect(data)
  if (msg) return msg`
  },
  {
    why: 'as above',
    file: 'validations/query.js',
    from: `[ 'AttributesToGet', 'QueryFilter', 'ConditionalOperator', 'KeyConditions' ])
  if (msg) return msg`,
    to: `[ 'AttributesToGet', 'QueryFilter', 'ConditionalOperator', 'KeyConditions' ]) || validations.checkSelect(data)
  if (msg) return msg`
  },
  {
    why: 'as above',
    file: 'validations/index.js',
    from: 'exports.checkTypes = checkTypes',
    to: `exports.checkTypes = checkTypes
exports.checkSelect = function (data) {
  var projects = data.ProjectionExpression != null || data.AttributesToGet != null
  if (projects && data.Select && data.Select != 'SPECIFIC_ATTRIBUTES')
    return 'Cannot specify the ' +
      (data.AttributesToGet == null ? 'ProjectionExpression' : 'AttributesToGet') +
      ' when choosing to get ' + (data.Select == 'COUNT' ? 'only the Count' : data.Select)
  if (!projects && data.Select == 'SPECIFIC_ATTRIBUTES')
    return 'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES'
  if (data.Select == 'ALL_PROJECTED_ATTRIBUTES' && data.IndexName == null)
    return 'ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName'
}`
  },
  ...[ 'query', 'scan' ].map(name => ({
    why: 'what a local index has not is fetched from the table (Developer Guide, Local Secondary Indexes)',
    file: `actions/${name}.js`,
    from: `      fetchFromItemDb = data.Select == 'ALL_ATTRIBUTES' && index.Projection.ProjectionType != 'ALL'`,
    to: `      var isWhole = data.Select == 'ALL_ATTRIBUTES' || isLocal && (data._projection || data.AttributesToGet)
      fetchFromItemDb = index.Projection.ProjectionType != 'ALL' &&
        (isWhole || isLocal && (data._filter || data.QueryFilter || data.ScanFilter))
      if (fetchFromItemDb && !isWhole) {
        data._within = table.KeySchema.concat(index.KeySchema)
          .map(function (key) { return key.AttributeName })
          .concat(index.Projection.NonKeyAttributes || [])
      }`
  })),
  {
    why: 'as above',
    file: 'db/index.js',
    from: `    var paths = data._projection ?`,
    to: `    if (data._within) items = items.map(mapPaths.bind(this, data._within))

    var paths = data._projection ?`
  },
  {
    why: 'a JSON null in a map is as little as one in a structure',
    file: 'validations/index.js',
    from: `'com.amazonaws.dynamodb.v20120810.' + subtype) + '>')
        }
      }
      return Object.keys(val).reduce(`,
    to: `'com.amazonaws.dynamodb.v20120810.' + subtype) + '>')
        }
      }
      return Object.keys(val).filter(function (key) { return val[key] != null }).reduce(`
  },
  {
    why: 'as above',
    file: 'validations/index.js',
    from: `com.amazonaws.dynamodb.v20120810.AttributeValue>')
      }
      return Object.keys(val).reduce(`,
    to: `com.amazonaws.dynamodb.v20120810.AttributeValue>')
      }
      return Object.keys(val).filter(function (key) { return val[key] != null }).reduce(`
  },
  {
    why: 'an update that only takes away makes no item (Alternator\'s tests, run on DynamoDB)',
    file: 'actions/updateItem.js',
    from: `        err = data._updates ? applyUpdateExpression(`,
    to: `        if (!oldItem && onlyTakesAway(data)) return cb(null, {
          ConsumedCapacity: db.addConsumedCapacity(data, false, oldItem, item)
        })

        err = data._updates ? applyUpdateExpression(`
  },
  {
    why: 'as above',
    file: 'actions/updateItem.js',
    from: 'function deleteFromParent (parent, attr) {',
    to: `function onlyTakesAway (data) {
  var actions = data._updates
    ? data._updates.sections.map(function (section) { return section.type })
    : Object.values(data.AttributeUpdates || {}).map(function (update) { return update.Action })
  return actions.length > 0 && actions.every(function (action) {
    return ~[ 'remove', 'delete', 'DELETE' ].indexOf(action)
  })
}

function deleteFromParent (parent, attr) {`
  },
  {
    why: 'a value that is copied is another value, and may be put into itself',
    file: 'actions/updateItem.js',
    from: '    val = db.mapPath(val, item)\n',
    to: '    val = deepClone(db.mapPath(val, item))\n'
  },
  {
    why: 'as above',
    file: 'actions/updateItem.js',
    from: '    val = db.mapPath(val.args[0], item) ||',
    to: '    val = deepClone(db.mapPath(val.args[0], item)) ||'
  },
  {
    why: 'as above',
    file: 'actions/updateItem.js',
    from: '    return { L: val1.L.concat(val2.L) }',
    to: '    return deepClone({ L: val1.L.concat(val2.L) })'
  },
  {
    why: 'a sum is a number as all others: of at most 38 digits, and not too large',
    file: 'actions/updateItem.js',
    from: `    val = { N: new Big(val1.N)[val.type == 'add' ? 'plus' : 'minus'](val2.N).toFixed() }`,
    to: `    var sum = new Big(val1.N)[val.type == 'add' ? 'plus' : 'minus'](val2.N)
    if (improper(sum)) return improper(sum)
    val = { N: sum.toFixed() }`
  },
  {
    why: 'as above',
    file: 'actions/updateItem.js',
    from: '        existing.N = new Big(existing.N).plus(section.val.N).toFixed()',
    to: `        var sum = new Big(existing.N).plus(section.val.N)
        if (improper(sum)) return db.validationError(improper(sum))
        existing.N = sum.toFixed()`
  },
  {
    why: 'as above',
    file: 'actions/updateItem.js',
    from: '        item[attr].N = new Big(item[attr].N).plus(update.Value.N).toFixed()',
    to: `        var sum = new Big(item[attr].N).plus(update.Value.N)
        if (improper(sum)) return db.validationError(improper(sum))
        item[attr].N = sum.toFixed()`
  },
  {
    why: 'as above',
    file: 'actions/updateItem.js',
    from: 'function deleteFromParent (parent, attr) {',
    to: `function improper (number) {
  if (number.e > 125) return 'Number overflow. Attempting to store a number with magnitude larger than supported range'
  if (number.e < -130) return 'Number underflow. Attempting to store a number with magnitude smaller than supported range'
  if (number.c.length > 38) return 'Attempting to store more than 38 significant digits in a Number'
}

function deleteFromParent (parent, attr) {`
  },
  {
    why: 'no attributes are not answered as an empty map',
    file: 'actions/updateItem.js',
    from: '        returnObj.ConsumedCapacity =',
    to: `        if (returnObj.Attributes && !Object.keys(returnObj.Attributes).length) delete returnObj.Attributes

        returnObj.ConsumedCapacity =`
  },
  {
    why: 'there are three actions',
    file: 'validations/updateItem.js',
    from: `        Action: 'String',`,
    to: `        Action: { type: 'String', enum: [ 'ADD', 'DELETE', 'PUT' ] },`
  }
]

const done = new Set()

function mended (text, name) {
  const within = name.lastIndexOf('/dynalite/')
  for (const mend of MENDS) {
    if (name.slice(within) !== `/dynalite/${mend.file}`) continue
    if (text.split(mend.from).length !== 2) throw new Error(`dynalite is another: ${mend.file}: ${mend.why}`)
    text = text.replace(mend.from, () => mend.to)
    done.add(mend)
  }
  return text
}

const compile = Module.prototype._compile
Module.prototype._compile = function (text, name, ...others) {
  return compile.call(this, mended(text, name), name, ...others)
}

// Tells whether all was mended, once everything is loaded.
export function check () {
  const missed = MENDS.filter(mend => !done.has(mend))
  if (missed.length > 0) throw new Error(`dynalite is another: ${missed.map(mend => mend.why).join('; ')}`)
}
