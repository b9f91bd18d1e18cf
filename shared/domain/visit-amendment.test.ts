import { describe, expect, it } from 'vitest';
import { bundledInstrument } from '../../tests/fixtures/instruments.ts';
import { questionsOf, valueOf } from './instrument.ts';
import { amendedVisit, readVisit, visitChanges, visitEdits, withVisitEdits } from './visit-amendment.ts';
import { emptyVisit, type VisitEntry } from './visit-entry.ts';
import { presenceQuestion } from './visit-families.ts';

const instrument = bundledInstrument('bdt-2015-1');
const presence = presenceQuestion(instrument)?.id ?? '';
const [question] = questionsOf(instrument.household).filter(
  ({ kind, kept }) => kind === 'choice' && kept === null,
);
if (question === undefined) throw new Error('The questionnaire asks no choice.');
const [first = '', second = ''] = question.options.map(valueOf);

const stands: VisitEntry = {
  ...emptyVisit('Rina'),
  result: '1',
  visitedOn: '2026-11-09',
  household: { [question.id]: first },
  families: { 1: { a: '1' } },
  members: { siti: { [presence]: '1', b: '2' } },
  process: { p: '1' },
  passes: { 'members.siti.b!rule.1': 'Memang begitu' },
};

describe('a visit that is mended', () => {
  it('is its edits, there and back, in every part of it', () => {
    const typed: VisitEntry = {
      ...stands,
      visitedOn: null,
      enumerator: 'Budi',
      note: 'Dicek lagi. Benar.',
      household: { [question.id]: second, baru: 'x' },
      families: { 1: {}, 2: { a: '3' } },
      members: { siti: { [presence]: '1', b: '2', c: '4' }, budi: { b: '1' } },
      process: {},
      passes: { 'members.siti.b!rule.1': 'Sudah ditanya', 'household.x!y': 'Ya' },
      reasons: { 'household.x': 'Keadaan berubah' },
    };
    const edits = visitEdits(stands, typed);
    expect(withVisitEdits(stands, edits)).toEqual(typed);
    for (const { path, before, after } of edits) {
      expect(readVisit(stands, path)).toBe(before);
      expect(readVisit(typed, path)).toBe(after);
    }
    expect(visitEdits(stands, stands)).toEqual([]);
  });

  it('ends as it ended and finds whom it found, whatever is typed', () => {
    const typed: VisitEntry = {
      ...stands,
      result: '6',
      duplicateOf: '1',
      members: { siti: { [presence]: '3', b: '5' } },
      corrections: { fields: { 'address.rt': '9' }, added: ['x'] },
    };
    expect(amendedVisit(stands, typed, instrument)).toEqual({
      ...stands,
      members: { siti: { [presence]: '1', b: '5' } },
    });
  });

  it('is told in the words of the questionnaire, without why something was let pass', () => {
    const edits = [
      { path: `visit.household.${question.id}`, before: first, after: second },
      { path: 'visit.visitedOn', before: '2026-11-09', after: '2026-11-08' },
      { path: 'visit.note', before: '', after: 'Dicek' },
      { path: 'visit.members.siti.unheard', before: '1', after: '' },
      { path: 'visit.passes.household.x!y', before: '', after: 'Ya' },
    ];
    const label = `${question.no} ${question.label}`;
    expect(visitChanges(edits, instrument, [{ id: 'siti', name: 'Siti' }])).toMatchObject([
      {
        group: 'Rumah tangga',
        label,
        before: question.options[0]?.label,
        after: question.options[1]?.label,
      },
      { group: 'Kunjungan', label: 'Tanggal kunjungan', before: '09-11-2026', after: '08-11-2026' },
      { group: 'Kunjungan', label: 'Catatan', before: null, after: 'Dicek' },
      { group: 'Siti', label: 'unheard', before: '1', after: null },
    ]);
  });
});
