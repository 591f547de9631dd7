// Soft delete in what an operation reads: a row with `deletedAt` is not there, as in lumi_db/policies/soft_delete.py.
import { models } from './models.mjs'

const isPlain = (value) => value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype
const mapped = (object, change) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(key, value)]))
const defined = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))
const mapList = (value, change) => (Array.isArray(value) ? value.map(change) : change(value))

/** Tell whether a filter leaves anything out: Prisma passes over empty ones, which in an OR would change it. */
const says = (where) =>
  Object.entries(defined(where)).some(([key, value]) => {
    if (key === 'OR' && Array.isArray(value) && !value.length) return true
    if (key === 'AND' || key === 'OR' || key === 'NOT') return [value].flat().some(says)
    return !isPlain(value) || Object.keys(defined(value)).length > 0
  })

/** Return the condition for a row to be there, or undefined where every row is; `via` is the relation it is read by. */
export function living(model, via) {
  const { softDelete, relations } = models[model]
  if (softDelete) return { deletedAt: null }
  const owners = Object.entries(relations).flatMap(([name, [target, kind]]) => {
    const there = kind === 'owner' && name !== via?.opposite ? living(target) : undefined
    return there ? [{ [name]: there }] : []
  })
  return owners.length ? { AND: owners } : undefined
}

/** Put a condition beside a filter, at its top, so that a unique one stays unique. */
export function both(where, there) {
  if (!there) return where
  const isFree = where?.AND === undefined && Object.keys(there).every((key) => where?.[key] === undefined)
  return isFree ? { ...where, ...there } : { ...where, AND: [where.AND ?? [], there].flat() }
}

/** Return what rewrites filters and selections; nothing is hidden unless `hides`. */
export function conditions(hides) {
  const relation = (model, name) => {
    const found = models[model].relations[name]
    return found && { target: found[0], kind: found[1], opposite: found[2] }
  }

  const rows = (model, where, via) => (hides ? both(filter(model, where), living(model, via)) : where)

  function filter(model, where) {
    if (!isPlain(where)) return where
    const parts = []
    const own = mapped(where, (key, value) => {
      if (key === 'AND' || key === 'OR' || key === 'NOT') return mapList(value, (part) => filter(model, part))
      const to = relation(model, key)
      if (!to || value === undefined) return value
      return to.kind === 'list' ? ofMany(to, value) : ofOne(to, key, value, parts)
    })
    return parts.reduce(both, own)
  }

  const ofMany = (to, quantifiers) =>
    mapped(quantifiers, (word, where) => {
      if (where === undefined) return where
      return word === 'every' ? every(to, filter(to.target, where)) : rows(to.target, where, to)
    })

  function every(to, wanted) {
    const there = living(to.target, to)
    if (!there || !says(wanted)) return wanted
    // Prisma heeds an empty OR at the top of a filter only, where it is met by nothing.
    const isNever = Array.isArray(wanted.OR) && wanted.OR.length === 0
    return { OR: [{ NOT: there }, ...(isNever ? [] : [wanted])] }
  }

  function ofOne(to, name, value, parts) {
    const words = isPlain(value) && ('is' in value || 'isNot' in value) ? value : { is: value }
    const there = living(to.target, to)
    if (isPlain(value) && !Object.keys(defined(value)).length) return value
    if (!there) return isPlain(value) ? mapped(words, (_, where) => filter(to.target, where)) : value
    const some = (where) => (where === null ? null : rows(to.target, where, to))
    const own = {}
    for (const [word, where] of Object.entries(words)) {
      // Null is a row that is not there, be it deleted.
      if (where === null) parts.push(word === 'is' ? { NOT: { [name]: { is: there } } } : { [name]: { is: there } })
      else if (where !== undefined) own[word] = some(where)
    }
    return Object.keys(own).length ? own : undefined
  }

  /** Rewrite `select` and `include` of rows that are there. */
  function selection(model, args) {
    if (!hides || !isPlain(args)) return args
    const { select, include } = args
    return { ...args, ...(select && { select: fields(model, select) }), ...(include && { include: fields(model, include) }) }
  }

  const fields = (model, chosen) =>
    mapped(chosen, (name, value) => {
      if (name === '_count') return value && counts(model, value)
      const to = relation(model, name)
      return to && value ? related(to, value) : value
    })

  function related(to, value) {
    const args = value === true ? {} : selection(to.target, value)
    // A required relation takes no filter; its row is there as long as this one is.
    if (to.kind === 'required' || to.kind === 'owner') return value === true ? true : args
    const where = rows(to.target, args.where, to)
    return where ? { ...args, where } : value === true ? true : args
  }

  function counts(model, value) {
    const { relations } = models[model]
    const lists = Object.keys(relations).filter((name) => relations[name][1] === 'list')
    const select = value === true ? Object.fromEntries(lists.map((name) => [name, true])) : value.select
    return { select: mapped(select, (name, one) => one && related(relation(model, name), one)) }
  }

  return { rows, selection }
}
