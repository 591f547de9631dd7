// Answers calls with Prisma Client JS: a line of JSON in, a line of JSON out, until the input ends.
// A second argument names the module of the shop's policies. What JSON cannot say travels as {"$": type, "value": text}.
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'

const { PrismaClient, Prisma } = (await import(pathToFileURL(process.argv[2]))).default
const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL, max: 4 })
const plain = new PrismaClient({ adapter, errorFormat: 'minimal', transactionOptions: { maxWait: 20_000, timeout: 20_000 } })
const prisma = process.argv[3] ? plain.$extends((await import(pathToFileURL(process.argv[3]))).lumi()) : plain

const READERS = {
  BigInt: BigInt,
  Bytes: (text) => Buffer.from(text, 'base64'),
  DateTime: (text) => new Date(text),
  Decimal: (text) => new Prisma.Decimal(text),
  Float: Number,
  Json: (value) => value,
  Null: (name) => Prisma[name],
}

function read(value) {
  if (Array.isArray(value)) return value.map(read)
  if (value === null || typeof value !== 'object') return value
  if ('$' in value) return READERS[value.$](value.value)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, read(item)]))
}

function write(value) {
  if (typeof value === 'bigint') return { $: 'number', value: String(value) }
  if (typeof value === 'number') return { $: 'number', value: String(value) }
  if (value === null || value === undefined || typeof value !== 'object') return value
  if (value instanceof Date) return { $: 'DateTime', value: value.toISOString() }
  if (value instanceof Uint8Array) return { $: 'Bytes', value: Buffer.from(value).toString('base64') }
  if (Prisma.Decimal.isDecimal(value)) return { $: 'number', value: value.toFixed() }
  if (Array.isArray(value)) return value.map(write)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, write(item)]))
}

const say = (error) => ({
  code: error.code ?? null,
  name: error.constructor.name,
  message: error.message,
  columns: error.meta?.driverAdapterError?.cause?.constraint?.fields ?? null,
})
const start = (client, { model, action, args }) => client[model][action](read(args))

async function each(calls) {
  const answers = []
  for (const call of calls) {
    try {
      answers.push({ result: write(await start(prisma, call)) ?? null })
    } catch (error) {
      answers.push({ error: say(error) })
    }
  }
  return answers
}

async function together(calls) {
  try {
    await prisma.$transaction(calls.map((call) => start(prisma, call)))
    return [{ result: null }]
  } catch (error) {
    return [{ error: say(error) }]
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { calls, atOnce } = JSON.parse(line)
  process.stdout.write(JSON.stringify(await (atOnce ? together(calls) : each(calls))) + '\n')
}
await prisma.$disconnect()
