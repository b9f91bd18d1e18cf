import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Register } from '../../electron/services/register.ts';
import { insertCase } from '../../electron/store/cases.ts';
import { transaction } from '../../electron/store/connection.ts';
import { CaseState } from '../../shared/domain/case-flow.ts';
import { countCells, recapColumns, recapRows } from '../../shared/domain/recap.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { pageTexts } from '../fixtures/pdf.ts';
import { familyDraft, problemCode, registerFamily } from './households.ts';
import { codeOf, openKnownOffice, type TestOffice } from './office.ts';
import { requestDocument } from './visits.ts';

let t: TestOffice;
let register: () => Register;
beforeEach(async () => {
  ({ t, register } = await openKnownOffice());
});
afterEach(() => t.close());

const periodId = '2026-11';

const oneCase = fc.record({
  kelurahan: fc.constantFrom('31.71.01.1001', '31.71.01.1002'),
  rw: fc.integer({ min: 1, max: 3 }),
  rt: fc.integer({ min: 1, max: 3 }),
  mode: fc.constantFrom('aktif' as const, 'pasif' as const),
  state: fc.constantFrom(...CaseState.options.filter((state) => state !== 'DRAF')),
  result: fc.constantFrom('tetap' as const, 'berubah' as const, 'baru' as const, null),
  periodId: fc.constantFrom(periodId, '2026-05'),
});
type OneCase = typeof oneCase extends fc.Arbitrary<infer Value> ? Value : never;

describe('the recap', () => {
  it('says of every number what the list says that it opens', async () => {
    const clerk = await t.as('petugas_loket');
    let serial = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(oneCase, { maxLength: 25 }), async (cases) => {
        const { db } = register();
        transaction(db, () => {
          for (const table of ['family', 'member', 'case_file']) db.prepare(`DELETE FROM ${table}`).run();
          for (const one of cases) insertCase(db, toCase(one, (serial += 1), registeredBy(db)));
        });
        const recap = await clerk.recap.read.query({ periodId });
        expect(countCells(recap.cells, {})).toBe(cases.filter((one) => one.periodId === periodId).length);
        for (const row of recapRows(recap.cells)) {
          for (const [index, column] of recapColumns.entries()) {
            const filter = { ...row.place, ...column.filter, periodId };
            const { total } = await clerk.cases.list.query({ filter, offset: 0, limit: 1 });
            expect(row.counts[index], JSON.stringify(filter)).toBe(total);
          }
        }
      }),
      { numRuns: 12 },
    );
  });

  it('is printed with the numbers of the screen, counted as a print, never stored', async () => {
    const clerk = await t.as('petugas_loket');
    for (const nth of [1, 2, 3]) await registerFamily(clerk, familyDraft(nth));
    const token = await t.tokenOf('lurah');
    for (const print of [1, 2]) {
      const response = await requestDocument(t, token, 'rekapitulasi', { periodId });
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('no-store');
      const text = pageTexts(new Uint8Array(await response.arrayBuffer())).join('\n');
      expect(text).toMatch(/^\s*Jumlah\s+3\s.*\s3\s*$/m);
      expect(text).toMatch(/^\s*007\s+003\s+3\s/m);
      expect(text).toContain(`Cetakan ke-${print}`);
      expect(text).toContain('Lutfi Lurah');
    }
  });

  it('lists the period that runs and those that hold a case', async () => {
    const clerk = await t.as('petugas_loket');
    expect((await clerk.recap.periods.query()).map((period) => period.id)).toEqual(['2026-11']);
    await registerFamily(clerk, familyDraft(1));
    t.clock.advance(40 * 24 * 3_600_000);
    await t.restart();
    expect((await (await t.as('lurah')).recap.periods.query()).map((period) => period.id)).toEqual([
      '2027-05',
      '2026-11',
    ]);
  });

  it('wants a session and a period', async () => {
    expect(await codeOf(t.anonymous.recap.read.query({ periodId }))).toBe('not_logged_in');
    const refused = await requestDocument(t, await t.tokenOf('lurah'), 'rekapitulasi', {
      periodId: 'sekarang',
    });
    expect(await problemCode(refused)).toBe('invalid_input');
  });
});

function registeredBy(db: Register['db']): string {
  const row: unknown = db.prepare('SELECT id FROM account LIMIT 1').get();
  return typeof row === 'object' && row !== null && 'id' in row ? String(row.id) : '';
}

function toCase(one: OneCase, serial: number, accountId: string): Case {
  const at = '2026-11-10T02:00:00.000Z';
  return {
    id: uuid(),
    serial,
    provinceNumber: null,
    number: `uji/${serial}`,
    mode: one.mode,
    passive:
      one.mode === 'aktif' ? null : { reason: 'Lainnya', proposer: 'Amat', proposerRole: 'RT', note: null },
    state: one.state,
    result: one.result,
    periodId: one.periodId,
    version: 1,
    registeredAt: at,
    registeredBy: accountId,
    updatedAt: at,
    household: {
      address: { street: 'Jl. Uji', rt: one.rt, rw: one.rw, kelurahan: one.kelurahan },
      phone: null,
      families: [{ no: 1, kk: null }],
      members: [
        {
          id: uuid(),
          name: 'Uji',
          nik: null,
          nikNote: null,
          sex: 'P',
          birthPlace: null,
          birthDate: null,
          relation: '1',
          familyNo: 1,
          familyRelation: '1',
          motherName: null,
        },
      ],
    },
  };
}
