import { describe, expect, it } from 'vitest';
import { instrument as bdt, regsosek } from '../../tests/fixtures/papers.ts';
import { member } from '../../tests/fixtures/members.ts';
import type { Answers } from './answers.ts';
import { inspectRules } from './instrument-rules.ts';
import type { Member } from './person.ts';
import { holdingBack, inspectVisit, passKey, emptyVisit, subjectOf } from './visit-entry.ts';

const day = '2026-11-09';

/** Which rules speak about these answers of a household and its members. */
function told(
  household: Answers,
  people: readonly { answers: Answers; is?: Partial<Member> }[],
  of = bdt,
): string[] {
  const members = people.map(({ is }, index) => member({ id: `m${index}`, ...is }));
  const found = inspectRules(of, {
    household,
    families: [{ no: 1, answers: household, members: members.map((_, index) => index) }],
    members: members.map((one, index) => ({
      answers: people[index]?.answers ?? {},
      subject: subjectOf(of, members, one, day),
    })),
  });
  return found.map(({ rule }) => rule);
}

const here = { Sta_keberadaan_art: '1' };

describe('rules between answers', () => {
  it('of the household compare numbers and lists', () => {
    expect(told({ luas_lantai: '10', jumlah_kamar: '4' }, [])).toContain('kamar_sempit');
    expect(told({ luas_lantai: '12', jumlah_kamar: '4' }, [])).not.toContain('kamar_sempit');
    expect(
      told({ sumber_penerangan: '3', ada_lemari_es: 'ya', ada_ac: 'tidak', ada_tv: 'tidak' }, []),
    ).toContain('listrik_aset');
  });

  it('wait until all they look at is answered or skipped', () => {
    expect(told({ luas_lantai: '1' }, [])).not.toContain('kamar_sempit');
    const working = { ...here, Sta_Bekerja: 'ya' };
    expect(told({ sta_art_usaha: 'ya' }, [{ answers: working }])).not.toContain('usaha_tanpa_anggota');
    expect(told({ sta_art_usaha: 'ya' }, [{ answers: { ...working, Status_pekerjaan: '4' } }])).toContain(
      'usaha_tanpa_anggota',
    );
    expect(told({ sta_art_usaha: 'ya' }, [{ answers: { ...working, Status_pekerjaan: '1' } }])).not.toContain(
      'usaha_tanpa_anggota',
    );
    // Who does not work was not asked; that is an answer too.
    expect(told({ sta_art_usaha: 'ya' }, [{ answers: { ...here, Sta_Bekerja: 'tidak' } }])).toContain(
      'usaha_tanpa_anggota',
    );
  });

  it('compare the household with its members, both ways', () => {
    const has = { ...here, Ada_pkh: 'ya' };
    const not = { ...here, Ada_pkh: 'tidak' };
    expect(told({ sta_pkh: 'tidak' }, [{ answers: not }, { answers: has }])).toContain(
      'sta_pkh_hanya_anggota',
    );
    expect(told({ sta_pkh: 'ya' }, [{ answers: not }])).toContain('sta_pkh_tanpa_anggota');
    expect(told({ sta_pkh: 'ya' }, [{ answers: not }, { answers: has }])).toEqual([]);
    expect(told({}, [{ answers: { Sta_keberadaan_art: '3' } }])).toContain('tidak_ada_penghuni');
  });

  it('look at what the register keeps: age, relation, and parts of a sum', () => {
    const child = { birthDate: '2020-01-01', relation: '3' as const };
    expect(told({}, [{ answers: { ...here, Sta_kawin: '2' }, is: child }])).toContain('kawin_anak');
    expect(told({}, [{ answers: { ...here, Sta_kawin: '1' }, is: { relation: '2' } }])).toContain(
      'pasangan_kawin',
    );
    const sim = { ...here, Sta_kawin: '1', Ada_kartu_identitas: '9' };
    expect(told({}, [{ answers: sim, is: child }])).toContain('sim_muda');
    expect(told({}, [{ answers: sim, is: { ...child, birthDate: null } }])).not.toContain('sim_muda');
  });

  it('of Regsosek hold its own fields', () => {
    const graduate = { '404': '1', '412': '3', '413': '3', '414': '8', '415': '13' };
    expect(told({}, [{ answers: graduate }], regsosek)).toContain('ijazah_dasar');
    expect(told({ '307a': '1', '307b1': '1', '307b3': '2' }, [], regsosek)).toContain('meteran_urut');
    expect(told({ '307a': '1', '307b1': '1', '307b2': '1', '307b3': '2' }, [], regsosek)).not.toContain(
      'meteran_urut',
    );
  });
});

describe('a warning', () => {
  const members = [member({ id: 'a' })];
  const entry = {
    ...emptyVisit('Rina'),
    result: '1' as const,
    visitedOn: day,
    household: { luas_lantai: '3', jumlah_kamar: '2', sumber_airminum: '1', cara_peroleh_airminum: '3' },
  };
  const ofRules = (passes: Record<string, string>) =>
    holdingBack(inspectVisit({ ...entry, passes }, bdt, members, day), passes)
      .map(({ rule }) => rule)
      .filter((rule) => rule !== null);

  it('lets pass with a reason, each by itself; a blank is none', () => {
    const found = inspectVisit(entry, bdt, members, day).filter(({ level }) => level === 'peringatan');
    expect(found.map(({ field, rule }) => passKey({ field, rule }))).toEqual([
      'household.jumlah_kamar!kamar_sempit',
      'household.cara_peroleh_airminum!air_dibeli',
    ]);
    expect(ofRules({})).toEqual(['kamar_sempit', 'air_dibeli']);
    expect(ofRules({ 'household.jumlah_kamar!kamar_sempit': ' ' })).toHaveLength(2);
    expect(ofRules({ 'household.jumlah_kamar!kamar_sempit': 'Kamar sekat tripleks' })).toEqual([
      'air_dibeli',
    ]);
  });

  it('is not what holds an impossible answer back: no reason lets that pass', () => {
    const child = [member({ id: 'a', birthDate: '2021-01-01', relation: '3' })];
    const married = { ...entry, household: {}, members: { a: { ...here, Sta_kawin: '2' } } };
    const found = inspectVisit(married, bdt, child, day).filter(({ rule }) => rule === 'kawin_anak');
    expect(found).toMatchObject([{ level: 'blokir', field: 'members.a.Sta_kawin' }]);
    expect(holdingBack(found, { 'members.a.Sta_kawin!kawin_anak': 'Memang' })).toHaveLength(1);
  });
});
