import type { Role } from '../../../shared/domain/role.ts';
import type { NavEntry } from './navigation.ts';

/** Where each role's day begins: the clerk at registration, the lurah at the inbox. */
export const landing: Record<Role, NavEntry['to']> = {
  petugas_loket: '/intake',
  petugas_verifikasi: '/',
  lurah: '/approval',
  administrator: '/',
};
