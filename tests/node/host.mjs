// Runs pieces of JavaScript that come as lines of JSON, each on the database it names, and answers with lines of JSON.
// The last word of a piece is its `return`; it sees `url`, `prisma` (plain), `shop` (extended) and `input`.
import { createInterface } from 'node:readline'
import { PrismaPg } from '@prisma/adapter-pg'
import { Prisma, PrismaClient } from '@prisma/client'
import * as extension from '../../node/extension/lumi.mjs'

const AsyncFunction = (async () => {}).constructor
const known = { Prisma, PrismaClient, PrismaPg, ...extension }

async function run({ url, code, input }) {
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: url }) })
  const names = { url, prisma, shop: prisma.$extends(extension.lumi()), input, ...known }
  try {
    return { value: await new AsyncFunction(...Object.keys(names), code)(...Object.values(names)) }
  } catch (error) {
    return { error: { name: error.name, code: error.code, message: String(error.stack ?? error) } }
  } finally {
    await prisma.$disconnect()
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await run(JSON.parse(line))))
}
