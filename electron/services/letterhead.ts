import type { PaperBase } from '../printing/paper-kind.ts';
import type { Letterhead } from '../printing/letterhead.ts';
import { listAccounts } from '../store/accounts.ts';
import { getOffice } from '../store/office.ts';
import { paperOf } from './printer.ts';
import type { Register } from './register.ts';
import { currentSettings } from './settings.ts';

/** The office's head on paper, from its area and settings. */
export function letterheadOf(register: Register): Letterhead {
  const settings = currentSettings(register);
  const path = register.areas.path(getOffice(register.db).area);
  return {
    province: settings.provinceName,
    city: path.kabkota,
    kecamatan: path.kecamatan,
    kelurahan: path.kelurahan,
    address: settings.officeAddress,
    phone: settings.officePhone,
    emblem: null,
  };
}

/** What every kept paper begins with. */
export function paperBaseOf(register: Register): PaperBase {
  const { signingPlace } = currentSettings(register);
  return { letterhead: letterheadOf(register), paper: paperOf(register), place: signingPlace };
}

/** The head of the office, who signs: the active lurah's account; a line to write on where there is none. */
export function lurahSigner(register: Register): { role: string; name: string | null; nip: string | null } {
  const path = register.areas.path(getOffice(register.db).area);
  const role = path.kelurahan === null ? `Camat ${path.kecamatan ?? ''}` : `Lurah ${path.kelurahan}`;
  const lurah = listAccounts(register.db).find((account) => account.role === 'lurah' && account.active);
  return { role, name: lurah?.name ?? null, nip: lurah?.nip ?? null };
}
