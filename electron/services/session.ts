import type { SessionInfo } from '../../shared/contract/session.ts';
import { deadlinesOf, nextDeadline } from '../../shared/domain/calendar.ts';
import { daysLeft, shortPeriodName } from '../../shared/domain/period.ts';
import { AppError } from '../../shared/errors.ts';
import { today } from '../clock.ts';
import type { Session } from '../security/sessions.ts';
import { findAccount, findAccountByUsername } from '../store/accounts.ts';
import { getOffice } from '../store/office.ts';
import { findPeriod } from '../store/periods.ts';
import { setPassword } from './accounts.ts';
import { currentSettings } from './settings.ts';
import { runningPeriod } from './periods.ts';
import type { Register } from './register.ts';

/** Starts a session for an account whose password was checked by opening its key slot. */
export function startSession(register: Register, username: string): Session {
  const account = findAccountByUsername(register.db, username);
  if (account === null) throw new AppError('wrong_credentials');
  if (!account.active) throw new AppError('account_inactive');
  return register.sessions.start(
    { id: account.id, name: account.name, role: account.role },
    account.username,
    account.mustChangePassword,
  );
}

export function describeSession(register: Register, session: Session): SessionInfo {
  const settings = currentSettings(register);
  const day = today(register.clock);
  const period = runningPeriod(register);
  const fixed = findPeriod(register.db, period.id)?.deadlines ?? {};
  const next = nextDeadline(deadlinesOf(period, settings.calendar, fixed), day);
  return {
    account: { ...session.actor, username: session.username },
    office: register.areas.path(getOffice(register.db).area),
    training: register.training,
    mustChangePassword: session.mustChangePassword,
    idleMinutes: settings.idleMinutes,
    recoverySheetKept: settings.recoveryConfirmedAt !== null,
    period: {
      id: period.id,
      name: period.name,
      shortName: shortPeriodName(period),
      daysLeft: daysLeft(period, day),
      next: next === null ? null : { stage: next.stage, date: next.date, daysLeft: next.daysLeft },
    },
    today: day,
  };
}

/**
 * The owner changes their password; all their sessions end and a new one starts.
 *
 * @throws AppError `wrong_credentials`, `password_weak`, `account_inactive`, `not_logged_in`.
 */
export async function changeOwnPassword(
  register: Register,
  session: Session,
  input: { current: string; next: string },
): Promise<Session> {
  const account = findAccount(register.db, session.actor.id);
  if (account === null) throw new AppError('not_logged_in');
  if ((await register.keyring.openForAccount(account.username, input.current)) === null)
    throw new AppError('wrong_credentials');
  if (input.next === input.current) throw new AppError('password_weak');
  await setPassword(register, session.actor, account, input.next, {
    mustChangePassword: false,
    // Ended meanwhile by a reset or a change of role: who holds the old password has no say any more.
    stillAllowed: () => {
      if (!register.sessions.stands(session)) throw new AppError('not_logged_in');
    },
  });
  return startSession(register, account.username);
}

/** After the recovery code opened the register: a new password for an administrator. */
export async function recoverAdministrator(
  register: Register,
  input: { username: string; password: string },
): Promise<Session> {
  const account = findAccountByUsername(register.db, input.username);
  if (account === null || account.role !== 'administrator' || !account.active)
    throw new AppError('not_found');
  await setPassword(
    register,
    { id: account.id, name: account.name, role: account.role },
    account,
    input.password,
    { mustChangePassword: false },
  );
  return startSession(register, account.username);
}
