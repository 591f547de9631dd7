// What a caller writes: deletes become updates, updates count the version, and rows that are not there are not reached.
import { both } from './conditions.mjs'
import { PolicyError } from './errors.mjs'
import { models } from './models.mjs'

const each = (value, path, change) =>
  Array.isArray(value) ? value.map((one, at) => change(one, `${path}.${at}`)) : change(value, path)
const MOVING = ['create', 'connect', 'connectOrCreate', 'disconnect']
const listed = (value) => (value === undefined ? [] : [value].flat())

/** Return what rewrites data; `rows` puts the condition for rows that are there beside a filter. */
export function writes(rows) {
  const created = (model, row, path) => written(model, row, path, true)

  function updated(model, row, path) {
    const data = written(model, row, path, false)
    return models[model].version && changes(model, data) ? { ...data, version: { increment: 1 } } : data
  }

  function written(model, row, path, isNew) {
    const entries = Object.entries(row ?? {}).filter(([, value]) => value !== undefined)
    return Object.fromEntries(
      entries.map(([name, value]) => {
        refuse(model, name, value, `${path}.${name}`, isNew)
        const found = models[model].relations[name]
        const isNested = found && value !== null && typeof value === 'object'
        return [name, isNested ? nested(found, value, `${path}.${name}`) : value]
      }),
    )
  }

  function nested([target, kind, opposite], verbs, path) {
    const via = { opposite }
    const reached = (where) => rows(target, where, via)
    // A filter of many nested rows takes no relations, so one that is hidden with another row is reached.
    const scalar = (where) => (models[target].softDelete ? reached(where) : where)
    const change = {
      create: (one, at) => created(target, one, at),
      createMany: (one, at) => ({ ...one, data: each(one.data, `${at}.data`, (row, to) => created(target, row, to)) }),
      connect: (where) => rows(target, where),
      connectOrCreate: (one, at) => ({ where: rows(target, one.where), create: created(target, one.create, `${at}.create`) }),
      set: (where) => rows(target, where),
      disconnect: (where) => (where === true && kind !== 'list' ? true : reached(where)),
      delete: (where) => (where === true ? (reached(undefined) ?? true) : reached(where)),
      deleteMany: scalar,
      update: toUpdate,
      updateMany: (one, at) => ({ where: scalar(one.where), data: updated(target, one.data, `${at}.data`) }),
      upsert: (one, at) => ({
        ...one,
        where: reached(one.where),
        create: created(target, one.create, `${at}.create`),
        update: updated(target, one.update, `${at}.update`),
      }),
    }

    function toUpdate(one, at) {
      const isFiltered = kind === 'list' || 'data' in one
      const where = reached(isFiltered ? one.where : undefined)
      const data = updated(target, isFiltered ? one.data : one, isFiltered ? `${at}.data` : at)
      return where || isFiltered ? { where, data } : data
    }

    const entries = Object.entries(verbs).filter(([, value]) => value !== undefined && value !== false)
    const done = Object.fromEntries(
      entries.map(([verb, value]) => [verb, each(value, `${path}.${verb}`, change[verb] ?? ((one) => one))]),
    )
    return models[target].softDelete ? softly(target, kind, done, path) : done
  }

  /** Turn nested deletes of rows that have `deletedAt` into updates. */
  function softly(target, kind, { delete: one, deleteMany: many, ...verbs }, path) {
    const data = () => updated(target, { deletedAt: new Date() }, path)
    const live = (where) => both(where === true ? undefined : where, { deletedAt: null })
    const gone = (wheres) => listed(wheres).map((where) => ({ where: live(where), data: data() }))
    if (one !== undefined && kind !== 'list') {
      if (verbs.update) throw new PolicyError(`\`${path}\`: a row is updated or deleted, not both.`)
      return { ...verbs, update: gone(one)[0] }
    }
    if (one !== undefined) verbs.update = [...listed(verbs.update), ...gone(one)]
    if (many !== undefined) verbs.updateMany = [...listed(verbs.updateMany), ...gone(many)]
    return verbs
  }

  return { created, updated }
}

/** Tell whether the row's own columns are written, by a relation too that moves its foreign key. */
function changes(model, data) {
  return Object.entries(data).some(([name, value]) => {
    const kind = models[model].relations[name]?.[1]
    if (kind === undefined) return true
    return kind !== 'list' && kind !== 'reverse' && MOVING.some((verb) => value[verb] !== undefined)
  })
}

function refuse(model, name, value, path, isNew) {
  const why = reason(model, name, value, isNew)
  if (why) throw new PolicyError(`\`${path}\`: ${why}`)
}

function reason(model, name, value, isNew) {
  if (name === 'updatedAt') return 'it is set by the client at every write; leave it out.'
  if (name === 'createdAt' && !isNew) return 'it never changes; leave it out.'
  if (name !== 'version' || !models[model].version) return undefined
  if (!isNew) return 'it is counted by the client; leave it out, or compare it in `where`.'
  return value === 0 ? undefined : 'a new row has 0 here; leave it out.'
}
