// Prisma Client JS with the policies of the Python client (docs/policies.md): soft delete, timestamps, the optimistic
// lock, and who acts. docs/node.md shows its use. Knows the schema from models.mjs, so it fits any generated client.
import { models } from './models.mjs'
import { readsOf } from './reads.mjs'
import { writesOf } from './writes.mjs'

export { InputError } from './writes.mjs'

const KINDS = ['GUEST', 'CUSTOMER', 'STAFF', 'ADMIN', 'SYSTEM']
const MODES = ['hidden', 'included', 'purged']
const LONGEST_TEXT = 1_000

// `deleted` says what soft-deleted rows are: not there (hidden), rows like others (included), or the same while a delete
// deletes for real (purged).
export function lumi({ deleted = 'hidden' } = {}) {
  if (!MODES.includes(deleted)) throw new TypeError(`deleted must be one of ${MODES.join(', ')}.`)
  const isSoft = deleted !== 'purged'
  const reads = readsOf(deleted === 'hidden')
  const writes = writesOf(reads, isSoft)
  return (client) =>
    client.$extends({
      name: 'lumi',
      model: isSoft ? softDeletes(writes) : {},
      query: {
        $allModels: {
          $allOperations: ({ model, operation, args, query }) => query(rewrite(reads, writes, model, operation, args ?? {})),
        },
      },
    })
}

// A query extension cannot turn a delete into an update within the caller's transaction; a method of the model can.
function softDeletes(writes) {
  const names = Object.keys(models).filter((name) => models[name].softDelete)
  const methods = (name) => ({
    delete(args) {
      return this.update({ ...args, ...writes.softDelete(name, args.where) })
    },
    deleteMany(args = {}) {
      return this.updateMany({ ...args, ...writes.softDelete(name, args.where) })
    },
  })
  return Object.fromEntries(names.map((name) => [name[0].toLowerCase() + name.slice(1), methods(name)]))
}

function rewrite(reads, writes, model, operation, args) {
  const { where, data } = args
  const rows = { where: reads.rows(model, where) }
  switch (operation) {
    case 'count':
    case 'aggregate':
    case 'groupBy':
    case 'delete':
    case 'deleteMany':
      return { ...reads.returned(model, args), ...rows }
    case 'create':
      return { ...reads.returned(model, args), data: writes.created(model, data) }
    case 'createMany':
    case 'createManyAndReturn':
      return { ...reads.returned(model, args), data: [data].flat().map((row) => writes.created(model, row)) }
    case 'update':
    case 'updateMany':
    case 'updateManyAndReturn':
      return { ...reads.returned(model, args), ...rows, data: writes.updated(model, data) }
    case 'upsert': {
      const create = writes.created(model, args.create)
      return { ...reads.returned(model, args), ...rows, create, update: writes.updated(model, args.update) }
    }
    default:
      return operation.startsWith('find') ? { ...reads.returned(model, args), ...rows } : args
  }
}

// Runs `work(tx)` in one transaction, in which the triggers of the audit log know who acts.
export function actingAs(prisma, actor, work, options) {
  const scope = scopeOf(actor)
  return prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT set_config('lumi.scope', ${scope}, true)`
    return work(tx)
  }, options)
}

function scopeOf({ actorId, actorType, ipAddress, userAgent, requestId }) {
  if (!KINDS.includes(actorType)) throw new TypeError(`actorType must be one of ${KINDS.join(', ')}.`)
  if (actorId == null && !['GUEST', 'SYSTEM'].includes(actorType)) {
    throw new TypeError(`actorId must be the id of the user who acts as ${actorType}.`)
  }
  const known = { actorId, actorType, ipAddress, userAgent, requestId }
  const texts = Object.entries(known).filter(([, text]) => text != null)
  return JSON.stringify(Object.fromEntries(texts.map(([name, text]) => [name, storable(text)])))
}

// A browser may send anything; PostgreSQL cannot store NUL, nor half of a pair that a cut leaves.
function storable(text) {
  return String(text).replaceAll('\0', '').slice(0, LONGEST_TEXT).toWellFormed()
}
