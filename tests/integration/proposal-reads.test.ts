import { expect, it } from 'vitest';
import { getCase } from '../../electron/services/case-steps.ts';
import { matchCase } from '../../electron/services/identification-match.ts';
import { proposeCase } from '../../electron/services/identification-proposal.ts';
import type { Register } from '../../electron/services/register.ts';
import { dtksCsv } from '../fixtures/read-list.ts';
import { registerActive } from './families.ts';
import { dtksRows, family } from './listed-families.ts';
import { openKnownOffice } from './office.ts';
import { bringList, uploadList } from './reference-office.ts';

/** The register, and the statements that are asked of it. */
function overheard(register: Register): { register: Register; asked: string[] } {
  const asked: string[] = [];
  const db: Register['db'] = Object.create(register.db, {
    prepare: {
      value: (statement: string) => {
        asked.push(statement);
        return register.db.prepare(statement);
      },
    },
  });
  return { register: { ...register, db }, asked };
}

it('a proposal reads the visit once, and lays a pair side by side once, for its result and for the screen', async () => {
  const { t, register } = await openKnownOffice();
  const officer = await t.as('petugas_verifikasi');
  const uploadId = await uploadList(
    t,
    await t.tokenOf('petugas_verifikasi'),
    'dtks.csv',
    dtksCsv(...dtksRows(family(0))),
  );
  const dtks = { source: 'DTKS', areaCodes: null, name: 'DTKS Gambir', listDate: '2025-12-31' } as const;
  await bringList(officer, { ...dtks, uploadId });
  const { caseId } = await registerActive(await t.as('petugas_loket'), family(0));
  const { register: heard, asked } = overheard(register());
  const current = getCase(heard, caseId);
  expect(proposeCase(heard, current).proposed.result).toBe('tetap');
  expect(asked.filter((statement) => statement.includes('FROM visit JOIN account'))).toHaveLength(1);

  const [match] = matchCase(register(), current);
  const [link] = match?.match.links ?? [];
  if (match === undefined || link === undefined) throw new Error('Nobody was found.');
  const shown = match.match.candidates.get(link.memberId)?.[0];
  expect(shown === undefined ? null : match.fields(shown)).toBe(match.fields(link));
  await t.close();
});
