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
  const slot = await register.keyring.sealAccount(input.username, input.password, register.key);
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
    register.keyring.put(slot);
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
  if (input.active) {
    const { password } = input;
    return setPassword(register, actor, getAccount(register, input.id), password ?? '', {
      mustChangePassword: true,
      activate: true,
    });
  }
  const changed = transaction(register.db, () => {
    const account = getAccount(register, input.id);
    if (account.role === 'administrator') keepAnAdministrator(register, account);
    const next: Account = { ...account, active: false, mustChangePassword: false };
    updateAccount(register.db, next);
    note(register, actor, 'akun_dinonaktifkan', next);
    return next;
  });
  register.keyring.removeAccount(changed.username);
  register.sessions.endOf(changed.id);
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

/**
 * Sets a password and ends every session of the account. Deriving the key takes its time, so the
 * account is read again once it is done: one that was deactivated meanwhile stays so, and one whose
 * role was changed keeps the new one. `stillAllowed` throws where the caller's own right ended
 * meanwhile.
 *
 * @throws AppError `password_weak`, `not_found`, `account_inactive`.
 */
export async function setPassword(
  register: Register,
  actor: ServiceActor,
  { id, username }: Account,
  password: string,
  options: { mustChangePassword: boolean; activate?: boolean; stillAllowed?: () => void },
): Promise<Account> {
  refuseWeakPassword(password, username);
  const slot = await register.keyring.sealAccount(username, password, register.key);
  options.stillAllowed?.();
  const changed = transaction(register.db, () => {
    const account = getAccount(register, id);
    const activate = options.activate === true;
    if (!account.active && !activate) throw new AppError('account_inactive');
    // Before the account: a slot of an account that is not active opens nothing a session could use.
    register.keyring.put(slot);
    const next: Account = { ...account, active: true, mustChangePassword: options.mustChangePassword };
    updateAccount(register.db, next);
    note(register, actor, activate ? 'akun_diaktifkan' : 'kata_sandi_diganti', next);
    return next;
  });
  register.sessions.endOf(id);
  return changed;
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
