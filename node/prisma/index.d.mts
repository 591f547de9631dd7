/** What soft-deleted rows are: not there, or rows like others. A delete is soft either way. */
export type DeletedRows = 'hidden' | 'included'

/** Hide deleted rows, delete softly, count versions: `prisma.$extends(lumi())`. */
export declare function lumi(options?: { deleted?: DeletedRows }): <Client extends object>(client: Client) => Client

/** Who acts, for the audit log. A customer, staff or an admin has an id. */
export type Actor = (
  | { actorType: 'CUSTOMER' | 'STAFF' | 'ADMIN'; actorId: string }
  | { actorType: 'GUEST' | 'SYSTEM'; actorId?: string | null }
) & { ipAddress?: string | null; userAgent?: string | null; requestId?: string | null }

/** The client inside a transaction. */
export type Transaction<Client> = Omit<
  Client,
  '$connect' | '$disconnect' | '$on' | '$use' | '$transaction' | '$extends'
>

export interface TransactionOptions {
  maxWait?: number
  timeout?: number
  isolationLevel?: 'ReadUncommitted' | 'ReadCommitted' | 'RepeatableRead' | 'Serializable'
}

/** Run `work` in a transaction that tells the audit log who acts. */
export declare function actingAs<Client extends { $transaction: unknown }, Result>(
  prisma: Client,
  actor: Actor,
  work: (tx: Transaction<Client>) => Promise<Result>,
  options?: TransactionOptions,
): Promise<Result>

/** The row was changed since it was read, or is gone: read it again, then decide. `cause` is Prisma's P2025. */
export declare class StaleRecordError extends Error {
  readonly name: 'StaleRecordError'
  readonly model: string
}

/** What a caller may not write, or may not ask for; the message says what to do instead. */
export declare class PolicyError extends Error {
  readonly name: 'PolicyError'
}

export interface ModelFacts {
  readonly softDelete: boolean
  readonly version: boolean
  readonly relations: Readonly<
    Record<string, readonly [model: string, kind: 'list' | 'reverse' | 'optional' | 'required' | 'owner', opposite: string]>
  >
}

/** What the extension knows of the schema. */
export declare const models: Readonly<Record<string, ModelFacts>>
