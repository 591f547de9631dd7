/** The row was changed since it was read, or is gone: read it again, then decide. */
export class StaleRecordError extends Error {
  name = 'StaleRecordError'

  constructor(model, options) {
    super(`${model} was changed or deleted since it was read: read it again, then decide.`, options)
    this.model = model
  }
}

/** What a caller may not write, or may not ask for; the message says what to do instead. */
export class PolicyError extends Error {
  name = 'PolicyError'
}
