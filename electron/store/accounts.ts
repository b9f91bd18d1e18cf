import { z } from 'zod';
import type { Account } from '../../shared/contract/accounts.ts';
import { Role } from '../../shared/domain/role.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

const AccountRow = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  nip: z.string().nullable(),
  role: Role,
  active: z.number(),
  must_change_password: z.number(),
  created_at: z.string(),
});

export function listAccounts(db: ReadableDb): Account[] {
  return db.prepare('SELECT * FROM account ORDER BY active DESC, name').all().map(rowToAccount);
}

export function findAccount(db: ReadableDb, id: string): Account | null {
  const row = db.prepare('SELECT * FROM account WHERE id = ?').get(id);
  return row === undefined ? null : rowToAccount(row);
}

export function findAccountByUsername(db: ReadableDb, username: string): Account | null {
  const row = db.prepare('SELECT * FROM account WHERE username = ?').get(username);
  return row === undefined ? null : rowToAccount(row);
}

export function insertAccount(db: WritableDb, account: Account): void {
  db.prepare(
    `INSERT INTO account (id, username, name, nip, role, must_change_password, active, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    account.id,
    account.username,
    account.name,
    account.nip,
    account.role,
    account.mustChangePassword ? 1 : 0,
    account.active ? 1 : 0,
    account.createdAt,
  );
}

export function updateAccount(db: WritableDb, account: Account): void {
  db.prepare(
    'UPDATE account SET name = ?, nip = ?, role = ?, must_change_password = ?, active = ? WHERE id = ?',
  ).run(
    account.name,
    account.nip,
    account.role,
    account.mustChangePassword ? 1 : 0,
    account.active ? 1 : 0,
    account.id,
  );
}

export function countActive(db: ReadableDb, role: Role): number {
  const row = db.prepare('SELECT count(*) AS n FROM account WHERE role = ? AND active = 1').get(role);
  return z.object({ n: z.number() }).parse(row).n;
}

function rowToAccount(raw: unknown): Account {
  const row = AccountRow.parse(raw);
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    nip: row.nip,
    role: row.role,
    active: row.active === 1,
    mustChangePassword: row.must_change_password === 1,
    createdAt: row.created_at,
  };
}
