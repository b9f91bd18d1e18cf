import { z } from 'zod';
import { PeriodStage } from '../domain/calendar.ts';
import { IsoDate } from '../domain/person.ts';
import { Role } from '../domain/role.ts';
import { WilayahPath } from '../domain/wilayah.ts';
import { Password, Username } from './accounts.ts';

/** What the first screen needs before anyone has logged in. */
export const OfficeStatus = z.object({
  /** `penyiapan`: no office yet; `masuk`: an office waits for a login. */
  stage: z.enum(['penyiapan', 'masuk']),
  training: z.boolean(),
  officeName: z.string().nullable(),
  /** Accounts of the training office with their common password; null in a real office. */
  trainingAccounts: z
    .array(z.object({ username: z.string(), name: z.string(), role: Role, password: z.string() }))
    .nullable(),
  programVersion: z.string(),
});
export type OfficeStatus = z.infer<typeof OfficeStatus>;

export const SessionInfo = z.object({
  account: z.object({ id: z.string(), username: z.string(), name: z.string(), role: Role }),
  office: WilayahPath,
  training: z.boolean(),
  mustChangePassword: z.boolean(),
  idleMinutes: z.int(),
  recoverySheetKept: z.boolean(),
  period: z.object({
    id: z.string(),
    name: z.string(),
    /** `MPM Nov 2026`, for the frame. */
    shortName: z.string(),
    daysLeft: z.int(),
    /** The deadline that comes next. */
    next: z.object({ stage: PeriodStage, date: IsoDate, daysLeft: z.int() }).nullable(),
  }),
  today: z.string(),
});
export type SessionInfo = z.infer<typeof SessionInfo>;

export const Login = z.object({
  username: z.string().trim().min(1, 'Isi nama pengguna.'),
  password: z.string().min(1, 'Isi kata sandi.'),
});

export const sessionContract = {
  status: { output: OfficeStatus },
  login: { input: Login, output: z.object({ token: z.string(), session: SessionInfo }) },
  current: { output: SessionInfo },
  logout: {},
  changePassword: {
    input: z.object({ current: z.string(), next: Password }),
    output: z.object({ token: z.string(), session: SessionInfo }),
  },
  /** The recovery code opens the register and sets a new password for an administrator. */
  recover: {
    input: z.object({ code: z.string(), username: Username, password: Password }),
    output: z.object({ token: z.string(), session: SessionInfo }),
  },
  /** Switches between the real office and the training office; only before a login. */
  enterTraining: { output: OfficeStatus },
  leaveTraining: { output: OfficeStatus },
};
