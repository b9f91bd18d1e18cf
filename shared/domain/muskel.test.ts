import { describe, expect, it } from 'vitest';
import { findEdge } from './case-flow.ts';
import { countVerdicts, describeVerdict, MuskelVerdict, stepOfVerdict } from './muskel.ts';
import { inspectMk, mkFromAttendance } from './muskel-form.ts';

const blank = { reason: null, capable: null, twin: '', note: '' };
const found = { ...blank, status: '1', capable: '2' } as const;
const capable = { ...blank, status: '1', capable: '1' } as const;
const gone = { ...blank, status: '2', reason: '1' } as const;
const twin = { ...blank, status: '3', twin: '317/000012' } as const;
const proposed = { ...blank, status: '4', capable: '2' } as const;
const proposedCapable = { ...blank, status: '4', capable: '1' } as const;

describe('a verdict of the meeting', () => {
  it.each([
    [found, 'tidak_layak', 'catat_muskel_layak'],
    [capable, 'tidak_layak', 'catat_muskel_tidak_layak'],
    [capable, 'lanjut', 'catat_muskel_layak'],
    [gone, 'lanjut', 'catat_muskel_tidak_ditemukan'],
    [twin, 'lanjut', 'catat_muskel_ganda'],
    [proposed, 'tidak_layak', 'catat_muskel_layak'],
    [proposedCapable, 'lanjut', 'catat_muskel_tidak_layak'],
  ] as const)('%j by the rule %s takes the step %s', (verdict, rule, action) => {
    expect(stepOfVerdict(verdict, rule)).toBe(action);
    expect(findEdge('DAFTAR_SASARAN', action)).not.toBeNull();
  });

  it('says why only of who was not found, and whether well-off only of who was', () => {
    for (const wrong of [
      { ...blank, status: '2' },
      { ...blank, status: '1' },
      { ...blank, status: '3', capable: '1' },
      { ...found, reason: '1' },
    ])
      expect(MuskelVerdict.safeParse(wrong).success).toBe(false);
    for (const right of [found, capable, gone, twin, proposed])
      expect(MuskelVerdict.safeParse(right).success).toBe(true);
  });

  it('reads as words, and is counted once', () => {
    expect(describeVerdict(gone)).toBe('Tidak ditemukan, pindah');
    expect(describeVerdict(twin)).toBe('Data ganda, sama dengan 317/000012');
    expect(countVerdicts([found, capable, gone, twin, proposed, null])).toEqual({
      all: 6,
      poor: 1,
      capable: 1,
      notFound: 1,
      twin: 1,
      proposed: 1,
      undecided: 1,
    });
  });
});

describe('the monitoring form', () => {
  it('counts who came from the attendance list', () => {
    const one = { name: 'A', sex: 'P', group: 'rw', represents: 'RW 001', present: true } as const;
    expect(mkFromAttendance([one, { ...one, present: false }])).toMatchObject({ MK04P: '1', MK04L: '0' });
  });

  it('refuses what cannot be', () => {
    expect(inspectMk({ MK02: '8', MK03: '8', MK09: '1' })).toEqual([]);
    expect(inspectMk({ MK02: '8', MK03: '9' }).map(({ code }) => code)).toEqual(['MK03']);
    expect(inspectMk({ MK09: 'ya', MK05: 'x', MK13: 'a\n'.repeat(11) }).map(({ code }) => code)).toEqual([
      'MK05',
      'MK09',
      'MK13',
    ]);
  });
});
