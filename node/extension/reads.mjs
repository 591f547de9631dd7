// Which rows are there, as lumi_db/policies/soft_delete.py has it: the same conditions, in the words of Prisma's `where`.
import { models } from './models.mjs'

export const list = (value) => (value === undefined ? [] : [value].flat())

const and = (where = {}, parts) => (parts.length ? { ...where, AND: [...list(where.AND), ...parts] } : where)

// The conditions for a row to be there; `via` is the relation it is reached by, from a row that is there.
export function living(name, via) {
  const { softDelete, relations } = models[name]
  if (softDelete) return [{ deletedAt: null }]
  return Object.entries(relations)
    .filter(([field, { cascades }]) => cascades && via?.opposite !== field)
    .map(([field, { target }]) => [field, living(target)])
    .filter(([, parts]) => parts.length)
    .map(([field, parts]) => ({ [field]: { is: { AND: parts } } }))
}

export function readsOf(hides) {
  return hides ? hiding : { rows: (_name, where) => where, returned: (_name, args) => args }
}

const hiding = { rows, returned }

function rows(name, where, via) {
  return and(filter(name, where), living(name, via))
}

function filter(name, where = {}) {
  return mapEntries(where, (key, value) => {
    if (value === undefined) return value
    if (key === 'AND' || key === 'OR' || key === 'NOT') {
      return Array.isArray(value) ? value.map((part) => filter(name, part)) : filter(name, value)
    }
    const relation = models[name].relations[key]
    if (!relation) return value
    return relation.kind === 'list' ? ofMany(relation, value) : ofOne(relation, value)
  })
}

function ofMany(relation, value) {
  return mapEntries(value, (kind, where) => {
    if (where === undefined) return where
    if (kind !== 'every') return rows(relation.target, where, relation)
    const parts = living(relation.target, relation)
    const every = filter(relation.target, where)
    return parts.length && !isEmpty(every) ? { OR: [{ NOT: { AND: parts } }, every] } : every
  })
}

// Prisma takes an empty condition for none at all, also where it stands for a row that must be there.
const isEmpty = (where) => Object.values(where).every((value) => value === undefined)

function ofOne(relation, value) {
  const of = (where) => rows(relation.target, where, relation)
  if (value === null) return { isNot: of({}) }
  if (isEmpty(value)) return value
  if (!('is' in value || 'isNot' in value)) return { is: of(value) }
  const { is, isNot } = value
  const parts = [
    is === null && { isNot: of({}) },
    isNot === null && { is: of({}) },
    is && { is: of(is) },
    isNot && { isNot: of(isNot) },
  ]
  return Object.assign({}, ...parts.filter(Boolean))
}

// What is read with a row: `include` and `select` at any depth.
function returned(name, args) {
  return mapEntries(args, (key, value) => (value && (key === 'include' || key === 'select') ? selection(name, value) : value))
}

function selection(name, selected) {
  return mapEntries(selected, (field, value) => {
    if (!value) return value
    if (field === '_count') return counts(name, value)
    const relation = models[name].relations[field]
    return relation ? related(relation, value) : value
  })
}

function related(relation, value) {
  const args = value === true ? {} : returned(relation.target, value)
  // Prisma has no `where` on what is required, which goes with this row or is in the way of its delete.
  if (relation.kind === 'required') return value === true ? true : args
  return { ...args, where: rows(relation.target, args.where, relation) }
}

function counts(name, value) {
  const lists = Object.entries(models[name].relations).filter(([, { kind }]) => kind === 'list')
  const wanted = value === true ? Object.fromEntries(lists.map(([field]) => [field, true])) : value.select
  const counted = mapEntries(wanted, (field, one) => {
    const relation = models[name].relations[field]
    return one && { where: rows(relation.target, one.where, relation) }
  })
  return { select: counted }
}

function mapEntries(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(key, value)]))
}
