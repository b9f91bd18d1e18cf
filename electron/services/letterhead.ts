import type { Letterhead } from '../printing/letterhead.ts';
import { getOffice } from '../store/office.ts';
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
