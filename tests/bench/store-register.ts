import { v7 as uuid } from 'uuid';
import { loadAreaData } from '../../electron/area-names.ts';
import { loadAreas } from '../../electron/areas.ts';
import type { Register } from '../../electron/services/register.ts';
import { addEnterer, insertCase } from '../../electron/store/cases.ts';
import { transaction } from '../../electron/store/connection.ts';
import { appendEvent } from '../../electron/store/journal.ts';
import type { SyntheticCase } from '../../electron/training/cases.ts';
import { generateKelurahan } from '../../electron/training/generate.ts';
import type { CaseState } from '../../shared/domain/case-flow.ts';
import { formatCaseNumber } from '../../shared/domain/case-number.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { kelurahan } from '../integration/office.ts';

export const households = 20_000;

/** A made-up kelurahan of 20,000 households, all of which came to register. */
export function makeHouseholds(): SyntheticCase[] {
  return generateKelurahan({
    households,
    seed: 5,
    kelurahan,
    areas: loadAreaData(loadAreas('resources'), 'resources'),
    today: '2026-11-22',
    cases: households,
  }).cases;
}

/** As a kelurahan stands in the middle of a period: most cases registered, some at every further step. */
const states: readonly CaseState[] = [
  ...Array<CaseState>(10).fill('TERDAFTAR'),
  'MENUNGGU_LURAH',
  'DIKEMBALIKAN',
  'TERIDENTIFIKASI',
  'DAFTAR_SASARAN',
  'DAFTAR_SASARAN',
  'MUSKEL_LAYAK',
  'DITUGASKAN',
  'DISAHKAN',
  'DITERIMA',
  'DITUTUP',
];

/** Fills a register with them, each with its keys, its words and the event of its registration. */
export function fillRegister(register: Register, made: readonly SyntheticCase[], clerkId: string): Case[] {
  const filled: Case[] = [];
  for (let from = 0; from < made.length; from += 500) {
    transaction(register.db, () => {
      for (const [index, one] of made.slice(from, from + 500).entries())
        filled.push(insertOne(register, one, clerkId, 1 + from + index));
    });
  }
  register.db
    .prepare(`INSERT INTO counter (name, value) VALUES ('case', @n) ON CONFLICT DO UPDATE SET value = @n`)
    .run({ n: made.length });
  return filled;
}

function insertOne(register: Register, made: SyntheticCase, clerkId: string, serial: number): Case {
  const state = states[serial % states.length] ?? 'TERDAFTAR';
  const passive = state === 'MENUNGGU_LURAH' || state === 'DIKEMBALIKAN';
  const at = new Date(Date.UTC(2026, 10, 1) + serial * 1_000).toISOString();
  const registered: Case = {
    id: uuid(),
    serial,
    provinceNumber: null,
    number: formatCaseNumber('{area}/{year}/{serial:6}', { kelurahan, year: '2026', serial }),
    mode: passive ? 'pasif' : 'aktif',
    passive: passive
      ? { reason: 'Lansia tunggal', proposer: 'Amat', proposerRole: 'Ketua RT 003', note: null }
      : null,
    state,
    result: null,
    household: made.household,
    periodId: '2026-11',
    version: 1,
    registeredAt: at,
    registeredBy: clerkId,
    updatedAt: at,
  };
  insertCase(register.db, registered);
  addEnterer(register.db, registered.id, clerkId);
  appendEvent(register.db, {
    at,
    actor: { id: clerkId, role: 'petugas_loket' },
    type: passive ? 'ajukan_ke_lurah' : 'daftarkan',
    caseId: registered.id,
    fromState: 'DRAF',
    toState: state,
    payload: { nomor: registered.number, laporan: registered.household },
  });
  return registered;
}
