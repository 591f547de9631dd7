// The shop's policies for Prisma Client JS, as lumi_db/policies has them for Python. docs/node.md says what they do.
import { both, conditions } from './conditions.mjs'
import { PolicyError, StaleRecordError } from './errors.mjs'
import { models } from './models.mjs'
import { writes } from './writes.mjs'

export { actingAs } from './acting.mjs'
export { models, PolicyError, StaleRecordError }

const camel = (name) => name[0].toLowerCase() + name.slice(1)

/** Hide deleted rows, delete softly, count versions: `prisma.$extends(lumi())`. */
export function lumi({ deleted = 'hidden' } = {}) {
  if (deleted !== 'hidden' && deleted !== 'included')
    throw new PolicyError("`deleted` must be 'hidden' or 'included'; without the extension a delete is real.")
  const rewrite = rewrites(deleted === 'hidden')
  return (client) =>
    client.$extends({
      name: 'lumi',
      model: softDeletes(),
      query: {
        $allModels: {
          $allOperations({ model, operation, args, query }) {
            const run = query(rewrite[operation]?.(model, args ?? {}) ?? args)
            return comparesVersion(model, operation, args) ? run.catch((error) => tellStale(model, error)) : run
          },
        },
      },
    })
}

// As methods of the models, not as a query: only `this` stays in the caller's transaction.
function softDeletes() {
  const now = () => ({ deletedAt: new Date() })
  const live = (args) => ({ ...args, where: both(args?.where, { deletedAt: null }) })
  const methods = {
    delete(args) {
      return this.update({ ...live(args), data: now() })
    },
    deleteMany(args) {
      return this.updateMany({ ...live(args), data: now() })
    },
  }
  const soft = Object.keys(models).filter((name) => models[name].softDelete)
  return Object.fromEntries(soft.map((name) => [camel(name), methods]))
}

function rewrites(hides) {
  const { rows, selection } = conditions(hides)
  const { created, updated } = writes(rows)
  const found = (model, args) => ({ ...selection(model, args), where: rows(model, args.where) })
  const added = (model, args) => ({ ...args, data: [args.data].flat().map((row, at) => created(model, row, `data.${at}`)) })
  const changed = (model, args) => ({ ...found(model, args), data: updated(model, args.data, 'data') })
  const reads = ['findUnique', 'findUniqueOrThrow', 'findFirst', 'findFirstOrThrow', 'findMany', 'aggregate', 'count', 'groupBy']
  return {
    ...Object.fromEntries([...reads, 'delete', 'deleteMany'].map((name) => [name, found])),
    create: (model, args) => ({ ...selection(model, args), data: created(model, args.data, 'data') }),
    createMany: added,
    createManyAndReturn: (model, args) => added(model, selection(model, args)),
    update: changed,
    updateMany: changed,
    updateManyAndReturn: changed,
    upsert: (model, args) => ({
      ...found(model, args),
      create: created(model, args.create, 'create'),
      update: updated(model, args.update, 'update'),
    }),
  }
}

function comparesVersion(model, operation, args) {
  return models[model].version && operation === 'update' && args.where?.version !== undefined
}

// Of the row itself, not of one that is nested in its data.
function tellStale(model, error) {
  if (error?.code !== 'P2025' || error.meta?.operation !== 'an update') throw error
  throw new StaleRecordError(model, { cause: error })
}
