// What must compile, and what must not, of the extension with the generated client: test_generate.py compiles it.
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '@prisma/client'
import { actingAs, lumi } from '../../node/extension/lumi.mjs'

const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: '' }) })
const shop = prisma.$extends(lumi())
const admin = { actorType: 'ADMIN', actorId: 'u' } as const

export const title: Promise<string | undefined> = shop.product.findFirst().then((product) => product?.title)
export const slug: Promise<string> = actingAs(shop, admin, async (tx) => {
  const gone = await tx.product.delete({ where: { id: '' }, select: { slug: true } })
  // @ts-expect-error it was not selected
  gone.title
  return gone.slug
})
// @ts-expect-error a member of staff has an id
export const nobody = actingAs(shop, { actorType: 'STAFF' }, async () => 1)
// @ts-expect-error there is no such field
export const nothing = shop.product.findFirst({ where: { nothing: 1 } })
// @ts-expect-error there is no such mode
export const mode = prisma.$extends(lumi({ deleted: 'shown' }))
