import { may, permissions, type Permission } from '../../shared/domain/access.ts';
import { roleLabel } from '../../shared/domain/role.ts';
import { AppError } from '../../shared/errors.ts';
import type { Session } from '../security/sessions.ts';
import { currentSettings } from '../services/settings.ts';
import type { Register } from '../services/register.ts';
import type { Context } from './context.ts';

export interface Authorised {
  register: Register;
  session: Session;
  actor: Session['actor'];
}

/**
 * Who is calling, and may they? The only place that turns a token into a person; procedures and
 * file routes both come through here.
 *
 * @param polled the call is one that a screen repeats by itself, so it does not count as work.
 * @throws AppError `register_locked`, `not_logged_in`, `password_must_change`, `not_allowed`.
 */
export function authorise({ host, token }: Context, permission: Permission, polled: boolean): Authorised {
  const register = host.register();
  if (register === null)
    throw new AppError(host.status().stage === 'penyiapan' ? 'setup_needed' : 'register_locked');
  const session =
    token === null ? null : register.sessions.find(token, currentSettings(register).idleMinutes, !polled);
  if (session === null) throw new AppError('not_logged_in');
  if (session.mustChangePassword && permission !== 'session:own') throw new AppError('password_must_change');
  if (!may(session.actor.role, permission)) {
    throw new AppError('not_allowed', {
      roles: permissions[permission].map((role) => roleLabel[role]).join(', '),
    });
  }
  return { register, session, actor: session.actor };
}
