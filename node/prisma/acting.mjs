import { PolicyError } from './errors.mjs'

const KINDS = ['GUEST', 'CUSTOMER', 'STAFF', 'ADMIN', 'SYSTEM']
const LONGEST_TEXT = 1000

/** Run `work` in a transaction that tells the audit log who acts. */
export async function actingAs(prisma, actor, work, options) {
  const scope = JSON.stringify(known(actor))
  // Prisma 7 nests transactions, and what is set in the inner one would hold for the rest of the outer one.
  if (typeof prisma.$connect !== 'function')
    throw new PolicyError('actingAs begins the transaction itself: give it the client, not a transaction.')
  return prisma.$transaction(async (tx) => {
    // Till the end of the transaction only: the next user of the connection is somebody else.
    await tx.$executeRaw`SELECT set_config('lumi.scope', ${scope}, true)`
    return work(tx)
  }, options)
}

function known({ actorId, actorType, ipAddress, userAgent, requestId }) {
  if (!KINDS.includes(actorType)) throw new PolicyError(`actorType must be one of ${KINDS.join(', ')}.`)
  if (!actorId && ['CUSTOMER', 'STAFF', 'ADMIN'].includes(actorType))
    throw new PolicyError(`actorId must be the id of the user who acts as ${actorType}.`)
  const texts = Object.entries({ actorId, ipAddress, userAgent, requestId }).filter(([, text]) => text != null)
  return { actorType, ...Object.fromEntries(texts.map(([name, text]) => [name, storable(text)])) }
}

// PostgreSQL stores no NUL, and a browser may send anything.
const storable = (text) => [...text.replaceAll('\0', '')].slice(0, LONGEST_TEXT).join('')
