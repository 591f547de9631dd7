// What a Node front end does to a shop, with the extension and without: prints what it saw, scenario by scenario.
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '@prisma/client'
import { actingAs, lumi, PolicyError, StaleRecordError } from '../../node/prisma/index.mjs'

const plain = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }), errorFormat: 'minimal' })
const prisma = plain.$extends(lumi())

async function failure(promise) {
  try {
    return { done: await promise }
  } catch (error) {
    const cause = error.meta?.driverAdapterError?.cause ?? error.cause
    return { name: error.name, code: error.code ?? null, sql: cause?.originalCode ?? null, message: error.message }
  }
}
const product = (slug, more) => ({ title: slug, slug, price: '10', ...more })
const variant = (sku) => ({ title: sku, sku, price: '10' })
const user = (name) => ({ email: `${name}@example.com`, passwordHash: '$2b$12$' + 'a'.repeat(53) })
const order = { subtotalAmount: '10', totalAmount: '10' }

const SCENARIOS = {
  async hides() {
    const { id } = await prisma.product.create({ data: product('dress', { variants: { create: [variant('S'), variant('M')] } }) })
    await prisma.productVariant.delete({ where: { sku: 'S' } })
    const before = await prisma.product.findUnique({ where: { id }, include: { variants: true, _count: { select: { variants: true } } } })
    const gone = await prisma.product.delete({ where: { id } })
    const other = await prisma.product.create({ data: product('other', { variants: { create: variant('O') } }) })
    await prisma.productVariant.delete({ where: { sku: 'O' } })
    return {
      fluent: await prisma.product.findUnique({ where: { id: other.id } }).variants(),
      skus: before.variants.map((one) => one.sku),
      counted: before._count.variants,
      slug: gone.slug === `dress#${id}`,
      version: gone.version,
      found: await prisma.product.findUnique({ where: { id } }),
      first: await prisma.product.findFirst({ where: { OR: [{ id }, { title: 'dress' }] } }),
      count: await prisma.product.count({ where: { title: 'dress' } }),
      sum: (await prisma.productVariant.aggregate({ _count: true }))._count,
      groups: await prisma.product.groupBy({ by: ['status'], _count: true, where: { title: 'dress' } }),
      again: await failure(prisma.product.delete({ where: { id } })),
      together: await Promise.all(
        [id, other.id, 'none'].map((id) => prisma.product.findUnique({ where: { id }, select: { title: true } })),
      ),
      asThere: (await plain.$extends(lumi({ deleted: 'included' })).product.findUnique({ where: { id } })).slug === gone.slug,
    }
  },
  async reusesNames() {
    await prisma.user.create({ data: user('ada') })
    const gone = await prisma.user.delete({ where: { email: 'ada@example.com' } })
    const made = await prisma.user.upsert({ where: { email: 'ada@example.com' }, create: user('ada'), update: { firstName: 'Ada' } })
    return { status: gone.status, isNew: made.id !== gone.id, firstName: made.firstName }
  },
  async readsDeletedOwnersAsNull() {
    const owner = await prisma.user.create({ data: user('owner') })
    const { id } = await prisma.order.create({ data: { ...order, userId: owner.id } })
    const address = await prisma.address.create({ data: { userId: owner.id, fullName: 'O', line1: 'L', city: 'C' } })
    await prisma.user.delete({ where: { id: owner.id } })
    return {
      user: (await prisma.order.findUnique({ where: { id }, include: { user: true } })).user,
      isNull: await prisma.order.count({ where: { id, user: null } }),
      isNotNull: await prisma.order.count({ where: { id, user: { isNot: null } } }),
      address: await prisma.address.findUnique({ where: { id: address.id } }),
    }
  },
  async deletesMany() {
    await prisma.collection.createMany({ data: ['a', 'b', 'c'].map((slug) => ({ name: 'many', slug })) })
    await prisma.collection.delete({ where: { slug: 'a' } })
    const [{ deletedAt }] = await plain.collection.findMany({ where: { name: 'many', deletedAt: { not: null } } })
    const { count } = await prisma.collection.deleteMany({ where: { name: 'many' } })
    const rows = await plain.collection.findMany({ where: { name: 'many' } })
    return { count, kept: rows.length, first: rows.some((row) => +row.deletedAt === +deletedAt) }
  },
  async deletesNested() {
    const { id } = await prisma.product.create({ data: product('nested', { variants: { create: [variant('N1'), variant('N2'), variant('N3')] } }) })
    await prisma.product.update({ where: { id }, data: { variants: { delete: [{ sku: 'N1' }], deleteMany: { sku: 'N2' } } } })
    const rows = await plain.productVariant.findMany({ where: { productId: id }, orderBy: { title: 'asc' } })
    return { deleted: rows.map((row) => row.deletedAt !== null), versions: rows.map((row) => row.version) }
  },
  async countsVersions() {
    const { id } = await prisma.cart.create({ data: { sessionId: 'versions' } })
    await prisma.cart.update({ where: { id }, data: { currency: 'EUR' } })
    await prisma.cart.updateMany({ where: { id }, data: { currency: 'USD' } })
    await prisma.cart.upsert({ where: { id }, create: {}, update: { currency: 'TRY' } })
    const stale = await failure(prisma.cart.update({ where: { id, version: 1 }, data: { currency: 'EUR' } }))
    const missing = await failure(prisma.cart.update({ where: { id: 'none' }, data: { currency: 'EUR' } }))
    const race = await Promise.allSettled(
      Array.from({ length: 8 }, () => prisma.cart.update({ where: { id, version: 3 }, data: { currency: 'EUR' } })),
    )
    const lost = race.filter(({ reason }) => reason instanceof StaleRecordError && reason.model === 'Cart')
    return { stale, missing, won: race.filter(({ status }) => status === 'fulfilled').length, lost: lost.length }
  },
  async comparesVersionsOfDeletes() {
    const { id } = await prisma.coupon.create({ data: { code: 'STALE', type: 'FREE_SHIPPING', value: 0 } })
    const stale = await failure(prisma.coupon.delete({ where: { id, version: 4 } }))
    return { stale: stale.name, version: (await prisma.coupon.delete({ where: { id, version: 0 } })).version }
  },
  async refusesWhatIsNotTheCallers() {
    const { id } = await prisma.product.create({ data: product('refused') })
    const update = (data) => failure(prisma.product.update({ where: { id }, data }))
    return [
      await update({ version: 5 }),
      await update({ updatedAt: new Date() }),
      await update({ createdAt: new Date() }),
      await update({ variants: { create: [{ ...variant('R'), version: 3 }] } }),
      await failure(prisma.product.createMany({ data: [product('x'), product('y', { version: 1 })] })),
      await failure((async () => lumi({ deleted: 'gone' }))()),
    ]
  },
  async staysInTransactions() {
    const { id } = await prisma.media.create({ data: { assetId: 'kept', url: '/', mimeType: 'image/png', sizeBytes: 1 } })
    const broken = await failure(
      prisma.$transaction(async (tx) => {
        await tx.media.delete({ where: { id } })
        throw new Error(`hidden inside: ${(await tx.media.findUnique({ where: { id } })) === null}`)
      }),
    )
    const kept = (await prisma.media.findUnique({ where: { id } })) !== null
    const failed = await failure(
      prisma.$transaction([prisma.media.delete({ where: { id } }), prisma.cart.update({ where: { id: 'none', version: 1 }, data: { currency: 'EUR' } })]),
    )
    const keptAgain = (await prisma.media.findUnique({ where: { id } })) !== null
    await prisma.$transaction([prisma.media.delete({ where: { id } })])
    return { broken: broken.message, kept, failed: failed.name, keptAgain, gone: await prisma.media.count() }
  },
  async tellsWhoActs() {
    const actor = { actorType: 'ADMIN', actorId: 'admin-1', ipAddress: '192.0.2.1', userAgent: 'b\0' + 'x'.repeat(2000), requestId: 'r-1' }
    const made = await actingAs(prisma, actor, async (tx) => {
      const { id } = await tx.collection.create({ data: { name: 'Acted', slug: 'acted' } })
      return tx.collection.delete({ where: { id } })
    })
    await prisma.collection.create({ data: { name: 'Alone', slug: 'alone' } })
    const undone = await failure(
      actingAs(prisma, actor, async (tx) => {
        await tx.collection.create({ data: { name: 'Undone', slug: 'undone' } })
        throw new Error('changed my mind')
      }),
    )
    return {
      id: made.id,
      undone: undone.message,
      unknown: await failure(actingAs(prisma, { actorType: 'ROBOT' }, async () => 1)),
      nobody: await failure(actingAs(prisma, { actorType: 'STAFF' }, async () => 1)),
      inside: await failure(prisma.$transaction(async (tx) => actingAs(tx, actor, async () => 1))),
      isPolicy: await prisma.$transaction(async (tx) => actingAs(tx, actor, async () => 1)).catch((error) => error instanceof PolicyError),
    }
  },
  async databaseKeepsItsRulesWithoutTheExtension() {
    const shirt = await plain.product.create({ data: product('plain', { variants: { create: { ...variant('P'), inventory: { create: { quantityAvailable: 3, quantityOnHand: 3 } } } } }), include: { variants: true } })
    const [{ id: variantId }] = shirt.variants
    const parent = await plain.category.create({ data: { name: 'Parent', slug: 'parent', children: { create: { name: 'Child', slug: 'child' } } }, include: { children: true } })
    const stockBefore = (await plain.productVariant.findUnique({ where: { id: variantId } })).stock
    const log = await plain.auditLog.findFirst({ where: { entity: 'Product', entityId: shirt.id } })
    const found = {
      stockBefore,
      path: parent.children[0].path,
      actorType: log.actorType,
      log: await failure(plain.auditLog.delete({ where: { id: log.id } })),
      negative: await failure(plain.product.update({ where: { id: shirt.id }, data: { price: '-1' } })),
      stock: await failure(plain.productVariant.update({ where: { id: variantId }, data: { stock: 99 } })),
      active: await failure(plain.product.update({ where: { id: shirt.id }, data: { status: 'ACTIVE' } })),
      parent: await failure(plain.category.update({ where: { id: parent.id }, data: { deletedAt: new Date() } })),
      restricted: await failure(prisma.category.delete({ where: { id: parent.id } })),
    }
    const gone = await plain.product.update({ where: { id: shirt.id }, data: { deletedAt: new Date() } })
    const sku = (await plain.productVariant.findUnique({ where: { id: variantId } })).sku
    return { ...found, slug: gone.slug === `plain#${shirt.id}`, sku: sku === `P#${variantId}`, version: gone.version }
  },
}

const found = {}
for (const [name, scenario] of Object.entries(SCENARIOS)) found[name] = await failure(scenario())
console.log(JSON.stringify(found))
await plain.$disconnect()
