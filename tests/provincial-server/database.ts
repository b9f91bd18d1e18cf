import pg, { type Pool, type PoolClient } from 'pg';

/** A connection inside a transaction. */
export type Tx = Pick<PoolClient, 'query'>;

/**
 * How many requests may work on the database at once: about as many as a machine's processors keep
 * busy. Each holds one connection at a time; two more are left for those who only look in.
 */
export const connectionsAtWork = 10;

export function openPool(connectionString: string): Pool {
  const pool = new pg.Pool({
    connectionString,
    max: connectionsAtWork + 2,
    connectionTimeoutMillis: 5_000,
  });
  // A connection that breaks, idle or at work, is replaced at its next use, and whoever was at work on
  // it is told by the query that fails; without a listener it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/**
 * Runs `work` in one transaction. Two offices that wait for each other are told apart by PostgreSQL
 * (deadlock, serialisation); the one it stops simply runs again.
 */
export async function inTransaction<Result>(pool: Pool, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(pool, work);
    } catch (cause) {
      if (attempt === 4 || !isSqlState(cause, '40001', '40P01')) throw cause;
    }
  }
}

async function once<Result>(pool: Pool, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (cause) {
    // A connection that cannot even roll back is not handed to anyone else.
    const broken = await client.query('ROLLBACK').then(
      () => false,
      () => true,
    );
    client.release(broken);
    throw cause;
  }
}

/**
 * Runs a part of a transaction. Where the data itself is what fails (a value or constraint that PostgreSQL
 * refuses), only the writes of this part are undone, and `refusedBy` names the constraint, where it was one;
 * any other failure is thrown on.
 */
export type Apart = <Result>(
  part: () => Promise<Result>,
) => Promise<{ result: Result } | { refusedBy: string | null }>;

/**
 * Runs `work` in one transaction of parts. A savepoint costs as much as what it guards, and few data are
 * refused: only where some are, all is undone and done again with a savepoint before each part.
 */
export async function inTransactionOfParts<Result>(
  pool: Pool,
  work: (tx: Tx, apart: Apart) => Promise<Result>,
): Promise<Result> {
  try {
    return await inTransaction(
      pool,
      async (tx) => await work(tx, async (part) => ({ result: await part() })),
    );
  } catch (cause) {
    if (!isOfData(cause)) throw cause;
  }
  return await inTransaction(pool, async (tx) => await work(tx, async (part) => await inSavepoint(tx, part)));
}

async function inSavepoint<Result>(
  tx: Tx,
  part: () => Promise<Result>,
): Promise<{ result: Result } | { refusedBy: string | null }> {
  await tx.query('SAVEPOINT one_record');
  try {
    const result = await part();
    await tx.query('RELEASE SAVEPOINT one_record');
    return { result };
  } catch (cause) {
    if (!isOfData(cause)) throw cause;
    await tx.query('ROLLBACK TO SAVEPOINT one_record');
    await tx.query('RELEASE SAVEPOINT one_record');
    return { refusedBy: cause.constraint ?? null };
  }
}

/** Classes 22 (data exception) and 23 (integrity constraint violation). */
function isOfData(cause: unknown): cause is pg.DatabaseError {
  return cause instanceof pg.DatabaseError && /^2[23]/.test(cause.code ?? '');
}

function isSqlState(cause: unknown, ...codes: string[]): boolean {
  return cause instanceof pg.DatabaseError && codes.includes(cause.code ?? '');
}
