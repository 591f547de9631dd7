// What is written: versions are counted, timestamps are nobody's, deletes of soft-deletable rows set `deletedAt`.
import { models } from './models.mjs'
import { list } from './reads.mjs'

export class InputError extends Error {
  name = 'InputError'
}

export function writesOf(reads, isSoft) {
  const deletes = (name) => isSoft && models[name].softDelete

  function created(name, data) {
    if (data.updatedAt !== undefined) refuse(name, 'updatedAt', 'it is set by the client at every write; leave it out.')
    if (models[name].version && (data.version ?? 0) !== 0) refuse(name, 'version', 'a new row has 0; leave it out.')
    return nested(name, data)
  }

  function updated(name, data) {
    if (data.updatedAt !== undefined) refuse(name, 'updatedAt', 'it is set by the client at every write; leave it out.')
    if (data.createdAt !== undefined) refuse(name, 'createdAt', 'it never changes; leave it out.')
    if (!models[name].version) return nested(name, data)
    if (data.version !== undefined) {
      refuse(name, 'version', 'it is counted by the client; leave it out, or compare it in `where`.')
    }
    return { ...nested(name, data), version: { increment: 1 } }
  }

  // A row that was deleted before is left alone: its instant stays.
  function softDelete(name, where) {
    return { where: live(where), data: { deletedAt: new Date() } }
  }

  function nested(name, data) {
    const change = ([field, value]) => {
      const relation = models[name].relations[field]
      return [field, relation && value ? actions(relation, value) : value]
    }
    return Object.fromEntries(Object.entries(data).map(change))
  }

  function actions(relation, given) {
    const rewrites = rewritesOf(relation)
    const parts = Object.entries(given).flatMap(([action, value]) =>
      list(value).map((one) => rewrites[action]?.(one) ?? { [action]: one }),
    )
    const result = {}
    for (const [action, one] of parts.flatMap(Object.entries)) {
      if (relation.kind === 'list' && action !== 'createMany') (result[action] ??= []).push(one)
      else result[action] = one
    }
    // an empty `set` takes all links away
    return given.set?.length === 0 ? { ...result, set: [] } : result
  }

  // What each nested action becomes: an action of perhaps another name.
  function rewritesOf(relation) {
    const { target } = relation
    const there = (where) => reads.rows(target, where)
    const among = (where) => reads.rows(target, where, relation)
    const isList = relation.kind === 'list'
    const deleting = (where) => {
      const { where: rows, data } = softDelete(target, among(where === true ? {} : where))
      return { where: rows, data: updated(target, data) }
    }
    const updating = (one) => {
      const { where, data } = isList || isWrapped(one) ? one : { where: {}, data: one }
      return { where: among(where), data: updated(target, data) }
    }
    return {
      create: (one) => ({ create: created(target, one) }),
      createMany: (one) => ({ createMany: { ...one, data: list(one.data).map((row) => created(target, row)) } }),
      connect: (one) => ({ connect: there(one) }),
      connectOrCreate: (one) => ({ connectOrCreate: { where: there(one.where), create: created(target, one.create) } }),
      set: (one) => ({ set: there(one) }),
      // of a row's own key it is `true`, and empties it to whatever row it leads
      disconnect: (one) => ({ disconnect: typeof one === 'boolean' ? one : among(one) }),
      delete: (one) => {
        if (one === false) return {}
        if (deletes(target)) return { update: deleting(one) }
        return { delete: one === true ? true : among(one) }
      },
      deleteMany: (one) => (deletes(target) ? { updateMany: deleting(one) } : { deleteMany: among(one) }),
      update: (one) => ({ update: updating(one) }),
      updateMany: (one) => ({ updateMany: { where: among(one.where), data: updated(target, one.data) } }),
      upsert: (one) => ({
        upsert: { where: among(one.where), create: created(target, one.create), update: updated(target, one.update) },
      }),
    }
  }

  return { created, updated, softDelete }
}

const live = (where = {}) => ({ ...where, AND: [...list(where.AND), { deletedAt: null }] })

// An update of a single related row is its data, or those beside a condition; no field is named `data`.
const isWrapped = (one) => 'data' in one

function refuse(name, field, why) {
  throw new InputError(`${field} of ${name} cannot be set: ${why}`)
}
