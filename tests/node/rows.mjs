// Reads every row of a shop, says where it differs from what Python sent, and copies the rows to another database.
import { text } from 'node:stream/consumers'
import { isDeepStrictEqual } from 'node:util'
import { PrismaPg } from '@prisma/adapter-pg'
import { Prisma, PrismaClient } from '@prisma/client'

const { models, rows, changes } = JSON.parse(await text(process.stdin))
const open = (connectionString) => new PrismaClient({ adapter: new PrismaPg({ connectionString }) })
const [from, to] = [open(process.env.DATABASE_URL), open(process.env.COPY_URL)]
const delegate = (client, name) => client[name[0].toLowerCase() + name.slice(1)]
const mapped = (row, change) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, change(value, name)]))

function toJson(value) {
  if (value instanceof Date) return value.toISOString()
  return Prisma.Decimal.isDecimal(value) ? value.toFixed(2) : value
}

// What is written is made of what was read; JSON has no instants and amounts.
function fromJson(value, { type, isRequired }) {
  if (type === 'Json') return value ?? (isRequired ? Prisma.JsonNull : Prisma.DbNull)
  if (value === null) return null
  if (type === 'DateTime') return new Date(value)
  return type === 'Decimal' ? new Prisma.Decimal(value) : value
}

const keyOf = ({ key }, row) => key.map((name) => row[name]).join(':')
function where({ key }, row) {
  const values = Object.fromEntries(key.map((name) => [name, row[name]]))
  return key.length > 1 ? { [key.join('_')]: values } : values
}

const differences = []
const differ = (left, right) => !isDeepStrictEqual(left, right)
for (const model of models) {
  const found = (await delegate(from, model.name).findMany()).map((row) => mapped(row, toJson))
  const byKey = new Map(found.map((row) => [keyOf(model, row), row]))
  if (found.length !== rows[model.name].length) differences.push(`${model.name}: ${found.length} rows`)
  for (const python of rows[model.name]) {
    const node = byKey.get(keyOf(model, python))
    if (differ(node, python)) differences.push({ python, node })
  }
}

const data = (model, row) => mapped(row, (value, name) => fromJson(value, model.fields[name]))
await to.$transaction(
  async (tx) => {
    for (const model of models) await delegate(tx, model.name).createMany({ data: rows[model.name].map((row) => data(model, row)) })
  },
  { timeout: 30_000 },
)
for (const model of models)
  if (changes[model.name]) {
    const { row, values } = changes[model.name]
    await delegate(to, model.name).update({ where: where(model, row), data: data(model, values) })
  }
console.log(JSON.stringify(differences))
await Promise.all([from.$disconnect(), to.$disconnect()])
