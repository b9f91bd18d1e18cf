import type { Account, NewAccount } from '../../shared/contract/accounts.ts';
import type { Role } from '../../shared/domain/role.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import {
  countActive,
  findAccount,
  findAccountByUsername,
  insertAccount,
  listAccounts,
  updateAccount,
} from '../store/accounts.ts';
import { transaction } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import { newId, type Register, type ServiceActor } from './register.ts';

export function allAccounts(register: Register): Account[] {
  return listAccounts(register.db);
}

/**
 * The key slot is written before the account: a slot without an account opens nothing a session
 * could use, while an account without a slot could never log in.
 *
 * @throws AppError `username_taken`, `password_weak`.
 */
export async function createAccount(
  register: Register,
  actor: ServiceActor,
  input: NewAccount,
  options: { mustChangePassword: boolean } = { mustChangePassword: true },
): Promise<Account> {
  refuseWeakPassword(input.password, input.username);
  if (findAccountByUsername(register.db, input.username) !== null)
    throw new AppError('username_taken', { username: input.username });
  await register.keyring.setAccount(input.username, input.password, register.key);
  const account: Account = {
    id: newId(),
    username: input.username,
    name: input.name,
    nip: input.nip,
    role: input.role,
    active: true,
    mustChangePassword: options.mustChangePassword,
    createdAt: instant(register.clock),
  };
  return transaction(register.db, () => {
    if (findAccountByUsername(register.db, input.username) !== null)
      throw new AppError('username_taken', { username: input.username });
    insertAccount(register.db, account);
    note(register, actor, 'akun_dibuat', account);
    return account;
  });
}

/** @throws AppError `not_found`, `last_administrator`. */
export function changeAccount(
  register: Register,
  actor: ServiceActor,
  input: { id: string; name: string; nip: string | null; role: Role },
): Account {
  return transaction(register.db, () => {
    const account = getAccount(register, input.id);
    if (account.role === 'administrator' && input.role !== 'administrator')
      keepAnAdministrator(register, account);
    const changed: Account = { ...account, name: input.name, nip: input.nip, role: input.role };
    updateAccount(register.db, changed);
    note(register, actor, 'akun_diubah', changed);
    if (changed.role !== account.role) register.sessions.endOf(account.id);
    return changed;
  });
}

/**
 * Deactivating takes the key slot away, so the person cannot even open the register; activating
 * needs a new first password.
 *
 * @throws AppError `not_found`, `last_administrator`, `password_weak`.
 */
export async function setAccountActive(
  register: Register,
  actor: ServiceActor,
  input: { id: string; active: boolean; password: string | null },
): Promise<Account> {
  const account = getAccount(register, input.id);
  if (!input.active && account.role === 'administrator') keepAnAdministrator(register, account);
  if (input.active) {
    const password = input.password ?? '';
    refuseWeakPassword(password, account.username);
    await register.keyring.setAccount(account.username, password, register.key);
  }
  const changed = transaction(register.db, () => {
    const next: Account = { ...account, active: input.active, mustChangePassword: input.active };
    updateAccount(register.db, next);
    note(register, actor, input.active ? 'akun_diaktifkan' : 'akun_dinonaktifkan', next);
    return next;
  });
  if (!input.active) register.keyring.removeAccount(account.username);
  register.sessions.endOf(account.id);
  return changed;
}

/** @throws AppError `not_found`, `account_inactive`, `password_weak`. */
export async function resetPassword(
  register: Register,
  actor: ServiceActor,
  input: { id: string; password: string },
): Promise<Account> {
  const account = getAccount(register, input.id);
  if (!account.active) throw new AppError('account_inactive');
  return setPassword(register, actor, account, input.password, { mustChangePassword: true });
}

/** Sets a password and ends every session of the account. */
export async function setPassword(
  register: Register,
  actor: ServiceActor,
  account: Account,
  password: string,
  options: { mustChangePassword: boolean },
): Promise<Account> {
  refuseWeakPassword(password, account.username);
  await register.keyring.setAccount(account.username, password, register.key);
  register.sessions.endOf(account.id);
  return transaction(register.db, () => {
    const changed: Account = { ...account, mustChangePassword: options.mustChangePassword };
    updateAccount(register.db, changed);
    note(register, actor, 'kata_sandi_diganti', changed);
    return changed;
  });
}

function getAccount(register: Register, id: string): Account {
  const account = findAccount(register.db, id);
  if (account === null) throw new AppError('not_found');
  return account;
}

function keepAnAdministrator(register: Register, account: Account): void {
  if (account.active && countActive(register.db, 'administrator') <= 1)
    throw new AppError('last_administrator');
}

/** Length does most; what is left to refuse is one repeated letter, or the user name itself. */
export function refuseWeakPassword(password: string, username: string): void {
  const plain = password.trim().toLowerCase();
  if (plain.length < 10 || new Set(plain).size < 4 || plain === username.toLowerCase())
    throw new AppError('password_weak');
}

function note(register: Register, actor: ServiceActor, type: string, account: Account): void {
  appendEvent(register.db, {
    at: instant(register.clock),
    actor: { id: actor.id, role: actor.role },
    type,
    payload: { akun: account.id, peran: account.role },
  });
}
