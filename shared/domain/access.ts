import type { Role } from './role.ts';

const everyone: Role[] = ['petugas_loket', 'petugas_verifikasi', 'lurah', 'administrator'];
const counter: Role[] = ['petugas_loket', 'petugas_verifikasi'];
const verification: Role[] = ['petugas_verifikasi'];
const lurah: Role[] = ['lurah'];
const administrator: Role[] = ['administrator'];

/**
 * Who may do what, once for both sides: each procedure names its permission, and the screen offers
 * only what this table allows. What one may do to a *case* is narrower still: `case-flow.ts`.
 */
export const permissions = {
  'session:own': everyone,
  'case:read': everyone,
  'case:step': everyone,
  'intake:write': counter,
  'identification:decide': verification,
  'finding:read': everyone,
  'finding:resolve': verification,
  'reference:read': everyone,
  'reference:import': ['petugas_verifikasi', 'administrator'],
  'data:export': ['petugas_verifikasi', 'lurah', 'administrator'],
  'verification:print': verification,
  'verification:enter': verification,
  'spotcheck:make': ['petugas_verifikasi', 'lurah'],
  'muskel:read': everyone,
  'muskel:write': ['petugas_verifikasi', 'lurah'],
  'muskel:legalise': lurah,
  'objection:file': ['petugas_loket', 'petugas_verifikasi', 'lurah'],
  'team:read': everyone,
  'team:write': ['petugas_verifikasi', 'lurah'],
  'team:assign': verification,
  'document:read': everyone,
  'approval:decide': lurah,
  'period:read': everyone,
  'period:plan': ['petugas_verifikasi', 'lurah', 'administrator'],
  'period:close': lurah,
  'correction:propose': counter,
  'correction:decide': lurah,
  'recap:read': everyone,
  'sync:read': everyone,
  'sync:retry': ['petugas_verifikasi', 'lurah', 'administrator'],
  'sync:enrol': administrator,
  'courier:carry': ['petugas_verifikasi', 'lurah', 'administrator'],
  'clash:resolve': ['petugas_verifikasi', 'lurah'],
  'settings:read': everyone,
  'settings:write': administrator,
  'accounts:manage': administrator,
  'recovery:print': administrator,
} as const satisfies Record<string, Role[]>;

export type Permission = keyof typeof permissions;

export function may(role: Role, permission: Permission): boolean {
  return (permissions[permission] as readonly Role[]).includes(role);
}
