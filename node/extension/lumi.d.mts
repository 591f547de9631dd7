/** What soft-deleted rows are: not there, rows like others, or the same while a delete deletes for real. */
export type DeletedRows = 'hidden' | 'included' | 'purged'

/** Who acts, for the audit log. Texts longer than 1,000 characters are cut. */
export type Actor = { ipAddress?: string | null; userAgent?: string | null; requestId?: string | null } & (
  | { actorType: 'CUSTOMER' | 'STAFF' | 'ADMIN'; actorId: string }
  | { actorType: 'GUEST' | 'SYSTEM'; actorId?: string | null }
)

/** A caller set a field that the client or nobody writes: `version`, `updatedAt`, or `createdAt` in an update. */
export class InputError extends Error {
  name: 'InputError'
}

type Unchanged = { result: {}; model: {}; query: {}; client: {} }

/** `prisma.$extends(lumi())`: soft delete, timestamps and the optimistic lock as the Python client has them. */
export function lumi(options?: { deleted?: DeletedRows }): (client: any) => { $extends: { extArgs: Unchanged } }

interface Transactional {
  $transaction(work: (tx: any) => Promise<any>, options?: any): Promise<any>
}
type Transaction<Client> = Omit<Client, '$connect' | '$disconnect' | '$on' | '$transaction' | '$use' | '$extends'>
type Options = { maxWait?: number; timeout?: number; isolationLevel?: 'ReadCommitted' | 'RepeatableRead' | 'Serializable' }

/** Run `work` in one transaction, in which the audit log knows who acts. */
export function actingAs<Client extends Transactional, Result>(
  prisma: Client,
  actor: Actor,
  work: (tx: Transaction<Client>) => Promise<Result>,
  options?: Options,
): Promise<Result>
