import { describe, expect, it } from 'vitest';
import { member } from '../../tests/fixtures/members.ts';
import { instrument } from '../../tests/fixtures/papers.ts';
import { differencesOf, unexplained } from './visit-differences.ts';
import { emptyVisit, type VisitEntry } from './visit-entry.ts';

const members = [member({ id: 'a', name: 'Siti' })];
const printed = {
  household: { lantai: '6', dinding: '1', kondisi_dinding: '2', ada_motor: 'ya' },
  members: { a: { Jenis_cacat: '00' } },
};
const entry: VisitEntry = {
  ...emptyVisit('Rina'),
  result: '1',
  visitedOn: '2026-11-09',
  household: { lantai: '2', dinding: '4', kondisi_dinding: '1', ada_motor: 'ya' },
  members: { a: { Sta_keberadaan_art: '1', Jenis_cacat: '01' } },
};

function differences(changes: Partial<VisitEntry> = {}, of: Parameters<typeof differencesOf>[3] = printed) {
  return differencesOf({ ...entry, ...changes }, instrument, members, of, '2026-11-10');
}

describe('printed against visited', () => {
  it('tells what differs in the order of the paper, and not what was skipped', () => {
    expect(
      differences().map(({ field, person, printed: was, found }) => [field, person, was, found]),
    ).toEqual([
      ['household.lantai', null, '6', '2'],
      ['household.dinding', null, '1', '4'],
      ['members.a.Jenis_cacat', 'Siti', '00', '01'],
    ]);
  });

  it('says nothing where nothing was printed, nothing was found, or nobody was asked', () => {
    expect(differences({}, { household: {}, members: { a: {} } })).toEqual([]);
    expect(differences({ household: {}, members: {} })).toEqual([]);
    expect(differences({ result: '3' })).toEqual([]);
  });

  it('asks a reason for each; a blank is none', () => {
    const reasons = { 'household.lantai': 'Keadaan berubah', 'household.dinding': ' ' };
    expect(unexplained(differences(), reasons).map(({ field }) => field)).toEqual([
      'household.dinding',
      'members.a.Jenis_cacat',
    ]);
  });
});
