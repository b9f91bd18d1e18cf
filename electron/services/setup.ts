import type { NewOffice } from '../../shared/contract/setup.ts';
import { areaKey, fullAreaName, type Wilayah, type WilayahPath } from '../../shared/domain/wilayah.ts';
import { AppError } from '../../shared/errors.ts';
import type { Areas } from '../areas.ts';
import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import { insertOffice } from '../store/office.ts';
import { writeSettings } from '../store/settings.ts';
import { createAccount } from './accounts.ts';
import { type Register, type ServiceActor, systemActor } from './register.ts';

/** Kelurahan and kecamatan whose name, city or code fits what was typed; names that begin so come first. */
export function searchOffices(areas: Areas, text: string): WilayahPath[] {
  const key = areaKey(text);
  const offices = areas.all.filter((area) => area.level === 'kelurahan' || area.level === 'kecamatan');
  const ranked = offices
    .map((area) => ({ area, rank: rankOf(area, key) }))
    .filter(({ rank }) => rank !== null)
    .sort(
      (left, right) =>
        Number(left.rank) - Number(right.rank) || left.area.code.localeCompare(right.area.code),
    );
  return ranked.slice(0, 20).map(({ area }) => areas.path(area.code));
}

function rankOf(area: Wilayah, key: string): number | null {
  if (key === '') return 0;
  const name = areaKey(area.name);
  if (name === key) return 0;
  if (name.startsWith(key)) return 1;
  if (areaKey(fullAreaName(area)).includes(key)) return 2;
  return areaKey(area.code).startsWith(key) ? 3 : null;
}

/** @throws AppError `unknown_area` where the code is neither a kelurahan nor a kecamatan. */
export function officeNameOf(areas: Areas, area: string): string {
  const found = areas.find(area);
  if (found === null || (found.level !== 'kelurahan' && found.level !== 'kecamatan'))
    throw new AppError('unknown_area', { code: area });
  return fullAreaName(found);
}

/**
 * Fills a new, empty register: the office, its first two accounts and the recovery code. The caller
 * builds it in a side folder and moves it into place whole.
 */
export async function fillNewOffice(register: Register, input: NewOffice): Promise<{ recoveryCode: string }> {
  if (input.administrator.username === input.lurah.username)
    throw new AppError('username_taken', { username: input.lurah.username });
  transaction(register.db, () => {
    insertOffice(register.db, {
      area: input.area,
      training: register.training,
      createdAt: instant(register.clock),
    });
    writeSettings(register.db, { officeAddress: input.officeAddress, officePhone: input.officePhone });
    appendEvent(register.db, {
      at: instant(register.clock),
      actor: { id: null, role: 'sistem' },
      type: 'kantor_disiapkan',
      payload: { wilayah: input.area },
    });
  });
  await createAccount(
    register,
    systemActor,
    { ...input.administrator, role: 'administrator' },
    { mustChangePassword: false },
  );
  await createAccount(
    register,
    systemActor,
    { ...input.lurah, role: 'lurah' },
    { mustChangePassword: !register.training },
  );
  return { recoveryCode: await register.keyring.renewRecovery(register.key) };
}

/** The old recovery code stops working; the new one counts as kept only once it was confirmed. */
export async function renewRecoveryCode(register: Register, actor: ServiceActor): Promise<string> {
  const code = await register.keyring.renewRecovery(register.key);
  transaction(register.db, () => {
    writeSettings(register.db, { recoveryConfirmedAt: null });
    appendEvent(register.db, {
      at: instant(register.clock),
      actor: { id: actor.id, role: actor.role },
      type: 'kode_pemulihan_dibuat',
    });
  });
  return code;
}

/** @throws AppError `recovery_code_wrong` where the code does not open this register. */
export async function checkRecoveryCode(register: Register, code: string): Promise<void> {
  const key = await register.keyring.openForRecovery(code);
  if (key === null || !key.equals(register.key)) throw new AppError('recovery_code_wrong');
}

export async function confirmRecoverySheet(
  register: Register,
  actor: ServiceActor,
  code: string,
): Promise<void> {
  await checkRecoveryCode(register, code);
  transaction(register.db, () => {
    writeSettings(register.db, { recoveryConfirmedAt: instant(register.clock) });
    appendEvent(register.db, {
      at: instant(register.clock),
      actor: { id: actor.id, role: actor.role },
      type: 'lembar_pemulihan_disimpan',
    });
  });
}
