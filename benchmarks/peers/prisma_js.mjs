// Prisma Client JS with its adapter for pg: a line of JSON in, a line of JSON out. Time is taken here, beside the calls.
import { createInterface } from 'node:readline'
import { PrismaPg } from '@prisma/adapter-pg'
import client from '@prisma/client'

const connections = Number(process.argv[2])
const adapter = new PrismaPg({
  connectionString: process.env.DATABASE_URL, max: connections, min: connections, idleTimeoutMillis: 0,
  options: '-c jit=off -c timezone=UTC',
})
const prisma = new client.PrismaClient({ adapter })

const SOLD = ['PAID', 'FULFILLED', 'SHIPPED', 'DELIVERED']

const operations = {
  find_by_id: (id) => prisma.product.findUnique({ where: { id } }),

  page_of_20: (skip) => prisma.product.findMany({
    where: { status: 'ACTIVE' },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: 20,
    skip,
    include: { variants: true, categories: true },
  }),

  three_levels: (skip) => prisma.order.findMany({
    orderBy: [{ placedAt: 'desc' }, { id: 'asc' }],
    take: 10,
    skip,
    include: { items: { include: { productVariant: { include: { product: true } } } } },
  }),

  filtered_count: (least) => prisma.order.count({ where: { status: { in: SOLD }, totalAmount: { gte: least } } }),

  create: (data) => prisma.address.create({ data }),

  nested_create: ({ items, ...order }) => prisma.order.create({
    data: { ...order, subtotalAmount: order.totalAmount, items: { create: items } },
    include: { items: true },
  }),

  update_by_id: ({ id, city, phone }) => prisma.address.update({ where: { id }, data: { city, phone } }),

  upsert: (create) => prisma.savedCard.upsert({
    where: { cardToken: create.cardToken }, create, update: { cardAlias: create.cardAlias },
  }),

  create_many: async (data) => (await prisma.securityEvent.createMany({ data })).count,

  transaction: ({ id, userId, city, phone }) => prisma.$transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { id: userId } })
    const address = await tx.address.findUnique({ where: { id } })
    if (address.userId !== user.id) throw new Error("the address is another user's")
    const changed = await tx.address.update({ where: { id }, data: { city, phone } })
    await tx.securityEvent.create({ data: { userId, type: 'PASSWORD_CHANGED', userAgent: 'bench' } })
    const number = await tx.securityEvent.count({ where: { userId } })
    return [changed, number]
  }),
}

async function run({ method, inputs, tasks }) {
  const operation = operations[method]
  let next = 0
  async function work() {
    while (next < inputs.length) await operation(inputs[next++])
  }
  const started = process.hrtime.bigint()
  if (tasks === 1) for (const given of inputs) await operation(given)
  else await Promise.all(Array.from({ length: tasks }, work))
  return { seconds: Number(process.hrtime.bigint() - started) / 1e9 }
}

async function answer({ method, inputs }) {
  try {
    return { result: await operations[method](inputs[0]) }
  } catch (error) {
    return { error: error.message }
  }
}

await prisma.$connect()
process.stdout.write('{}\n')
for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line)
  const said = await (asked.wants === 'answer' ? answer(asked) : run(asked))
  process.stdout.write(JSON.stringify(said) + '\n')
}
await prisma.$disconnect()
