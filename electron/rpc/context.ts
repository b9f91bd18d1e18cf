import type { NewOffice } from '../../shared/contract/setup.ts';
import type { Login, OfficeStatus } from '../../shared/contract/session.ts';
import type { z } from 'zod';
import type { Areas } from '../areas.ts';
import type { Log } from '../log.ts';
import type { Session } from '../security/sessions.ts';
import type { Register } from '../services/register.ts';

/** What stands behind the procedures: the office that may still be locked, or not set up at all. */
export interface OfficeHost {
  areas: Areas;
  log: Log;
  status(): OfficeStatus;
  /** The open register, or null while nobody has unlocked it. */
  register(): Register | null;
  create(input: NewOffice): Promise<{ session: Session; register: Register; recoveryCode: string }>;
  login(input: z.infer<typeof Login>): Promise<{ session: Session; register: Register }>;
  recover(input: {
    code: string;
    username: string;
    password: string;
  }): Promise<{ session: Session; register: Register }>;
  enterTraining(): Promise<OfficeStatus>;
  leaveTraining(): Promise<OfficeStatus>;
}

export interface Context {
  host: OfficeHost;
  /** The session token of the request's `authorization: Bearer …`, if any. */
  token: string | null;
}

export function tokenOf(headers: Headers): string | null {
  return /^Bearer ([\w-]+)$/.exec(headers.get('authorization') ?? '')?.[1] ?? null;
}
