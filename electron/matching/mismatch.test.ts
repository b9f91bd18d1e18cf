import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Instrument, questionsOf } from '../../shared/domain/instrument.ts';
import type { FieldComparison } from '../../shared/domain/match.ts';
import { type CaseFacts, type ListedMember, mismatchesOf, saysGone, stateKinds } from './mismatch.ts';
import { askedPrograms, type Program, programsOfLines } from './programs.ts';

const nothing: CaseFacts = {
  members: [
    { memberId: 'm', name: 'Siti', familyNo: 1 },
    { memberId: 'n', name: 'Udin', familyNo: 2 },
  ],
  listed: [],
  asked: [],
  refused: [],
  unreported: [],
  registered: true,
  latest: { register: 'DTKS', known: new Set(['m']), perFamily: true },
  headName: 'Slamet',
  visit: null,
  granted: [],
  muskelNotFound: false,
  likelyCases: [],
};

/** The latest register knows nobody; an older one may. */
const unlisted: Partial<CaseFacts> = {
  latest: { register: 'DTSEN', known: new Set(), perFamily: true },
};

function listed(facts: Partial<ListedMember>): CaseFacts {
  return { ...nothing, listed: [listedMember(facts)] };
}

function listedMember(facts: Partial<ListedMember>): ListedMember {
  return {
    memberId: 'm',
    name: 'Siti',
    row: row('1', 'SITI'),
    source: 'DTKS',
    listName: 'DTKS Gambir',
    fields: [],
    answers: {},
    deceased: false,
    elsewhere: [],
    twice: [],
    refutable: false,
    ofNumber: false,
    movedTo: null,
    receives: [],
    ppks: null,
    ...facts,
  };
}

function row(personId: string, words: string) {
  return { personId, words, who: words.toLowerCase(), separable: true };
}

/** As a program of the office's settings, or of the questionnaires. */
function programs(...labels: string[]): Program[] {
  const known = [...programsOfLines(['KLJ']), ...askedPrograms];
  return labels.flatMap((label) => known.filter((program) => program.label === label));
}

function field(
  name: FieldComparison['field'],
  verdict: FieldComparison['verdict'] = 'beda',
): FieldComparison {
  return { field: name, label: name, reported: '1', reference: '2', verdict, changes: true, note: null };
}

const kinds = (facts: CaseFacts) => mismatchesOf(facts).map(({ kind, source }) => [kind, source]);

describe('the table of mismatches', () => {
  it('finds nothing where everything agrees or is missing', () => {
    expect(mismatchesOf(nothing)).toEqual([]);
    expect(kinds(listed({ fields: [field('nama', 'sama'), field('nik', 'tidak_ada')] }))).toEqual([]);
  });

  it.each([
    ['nik', 'nik_berbeda'],
    ['nama', 'nama_berbeda'],
    ['tanggal_lahir', 'tanggal_lahir_berbeda'],
    ['umur', 'tanggal_lahir_berbeda'],
    ['jenis_kelamin', 'jenis_kelamin_berbeda'],
    ['kk', 'kk_berbeda'],
  ] as const)('names a differing %s', (name, kind) => {
    expect(mismatchesOf(listed({ fields: [field(name)] }))).toMatchObject([
      { kind, memberId: 'm', subject: 'Siti', reported: '1', listed: '2' },
    ]);
  });

  it.each([
    ['status_nik', 'tidak_ditemukan', 'nik_tidak_dikenal'],
    ['status_nik', 'nonaktif', 'nik_tidak_aktif'],
    ['status_nik', 'meninggal', 'meninggal'],
    ['status_nik', 'pindah', 'pindah'],
    ['status_nik', 'ganda', 'tercatat_ganda'],
    ['Sta_keberadaan_art', '2', 'meninggal'],
    ['Sta_keberadaan_art', '3', 'pindah'],
    ['Sta_keberadaan_art', '6', 'tidak_ditemukan'],
    ['kd_ket_keberadaan_art', '2', 'meninggal'],
    ['kd_ket_keberadaan_art', '4', 'pindah'],
    ['kd_ket_keberadaan_art', '6', 'tidak_ditemukan'],
  ] as const)('reads %s = %s', (name, value, kind) => {
    expect(kinds(listed({ answers: { [name]: value } }))).toEqual([[kind, 'DTKS']]);
  });

  it('takes an address elsewhere for a move, once', () => {
    const moved = listed({ movedTo: 'Kampung Bali, KOTA BOGOR' });
    expect(mismatchesOf(moved)).toMatchObject([
      { kind: 'pindah', memberId: 'm', listed: 'Beralamat di Kampung Bali, KOTA BOGOR' },
    ]);
    expect(
      kinds(listed({ movedTo: 'KOTA BOGOR', answers: { status_nik: 'pindah', flag_pemadanan: '2' } })),
    ).toEqual([['pindah', 'DTKS']]);
  });

  it('takes an unexplained TIDAK PADAN for a NIK that is not known, an explained one for what explains it', () => {
    const answers = { flag_pemadanan: '2' };
    expect(kinds(listed({ answers }))).toEqual([['nik_tidak_dikenal', 'DTKS']]);
    expect(kinds(listed({ answers, fields: [field('nama')] }))).toEqual([['nama_berbeda', 'DTKS']]);
    expect(kinds(listed({ answers: { flag_pemadanan: '1' } }))).toEqual([]);
  });

  it.each([
    ['tercatat_ganda', { elsewhere: [row('2', 'SITI, No KK 1')] }],
    ['pindah', { movedTo: 'Cideng' }],
    ['kk_berbeda', { fields: [field('kk')] }],
  ] as const)('TIDAK PADAN is told beside %s, which does not explain it', (kind, facts) => {
    const found = kinds(listed({ answers: { flag_pemadanan: '2' }, ...facts }));
    expect(found.toSorted()).toEqual(
      [
        [kind, 'DTKS'],
        ['nik_tidak_dikenal', 'DTKS'],
      ].toSorted(),
    );
  });

  it('says one thing once: dead by name and by state is one finding', () => {
    expect(kinds(listed({ deceased: true, answers: { status_nik: 'meninggal' } }))).toEqual([
      ['meninggal', 'DTKS'],
    ]);
    expect(kinds(listed({ elsewhere: [row('2', 'SITI, No KK 1')] }))).toEqual([['tercatat_ganda', 'DTKS']]);
  });

  it('tells two of one name whom nobody reported apart by their birth, in whatever order the list has them', () => {
    const siti = (birthDate: string | null, age: number | null = null) => ({
      source: 'DTKS',
      listName: 'DTKS Gambir',
      name: 'SITI',
      sex: 'P' as const,
      birthDate,
      age,
    });
    const said = (unreported: CaseFacts['unreported']) =>
      mismatchesOf({ ...nothing, unreported }).map((found) => found.listed);
    const here = 'Tercatat di rumah tangga ini';
    const both = [siti('2005-03-02'), siti('1980-08-17')];
    expect(said(both)).toEqual([`${here}, lahir 17-08-1980`, `${here}, lahir 02-03-2005`]);
    expect(said(both.toReversed())).toEqual(said(both));
    const aged = [siti(null, 9), siti(null), siti(null, 40)];
    expect(said(aged)).toEqual(said(aged.toReversed()));
    expect(said(aged)).toContain(`${here}, umur 40`);
    expect(said([siti('2005-03-02')])).toEqual([here]);
  });

  it('sees who is in the list and nowhere else, and a household that nobody found', () => {
    const minah = {
      source: 'DTKS',
      listName: 'DTKS Gambir',
      name: 'MINAH',
      sex: null,
      birthDate: null,
      age: null,
    };
    const unreported = [minah];
    expect(kinds({ ...nothing, unreported })).toEqual([['tidak_ditemukan', 'DTKS']]);
    expect(kinds({ ...nothing, muskelNotFound: true })).toEqual([['tidak_ditemukan', 'Muskel']]);
    expect(kinds({ ...nothing, registered: false, muskelNotFound: true })).toEqual([]);
    const visit = { result: '3', household: {}, families: [], members: [] };
    expect(kinds({ ...nothing, visit })).toEqual([['pindah', 'Kunjungan']]);
  });

  it.each([
    [{ Sta_keberadaan_art: '2' }, true],
    [{ Sta_keberadaan_art: '3' }, true],
    [{ '404': '2' }, true],
    [{ '404': '4' }, true],
    [{ Sta_keberadaan_art: '4' }, false],
    [{ Sta_keberadaan_art: '1' }, false],
    [{ Sta_keberadaan_art: '6' }, false],
    [{}, false],
  ] as const)('knows whether a list calls somebody dead or gone: %j', (answers, gone) => {
    expect(saysGone(answers)).toBe(gone);
  });

  it('sees a program that somebody receives who is in no list', () => {
    const visit = {
      result: '1',
      families: [],
      household: { sta_pkh: 'ya', sta_kks: 'tidak' },
      members: [
        { memberId: 'm', name: 'Siti', answers: { Ada_pkh: 'ya', Ada_pbi: 'ya', Sta_keberadaan_art: '2' } },
      ],
    };
    expect(kinds({ ...nothing, ...unlisted, visit })).toEqual([
      ['meninggal', 'Kunjungan'],
      ['program_tanpa_daftar', 'PKH'],
      ['program_tanpa_daftar', 'PBI-JKN'],
    ]);
    expect(kinds({ ...nothing, visit })).toEqual([['meninggal', 'Kunjungan']]);
    expect(kinds({ ...nothing, latest: null, visit })).toEqual([['meninggal', 'Kunjungan']]);
  });

  it('asks once about a program, whoever says that it is received: a visit, the province, a list', () => {
    const facts: CaseFacts = {
      ...listed({ receives: programs('KLJ', 'PKH'), listName: 'Penerima KLJ' }),
      ...unlisted,
      granted: programs('KLJ').map((program) => ({
        program,
        memberId: 'm',
        note: 'Menurut putusan provinsi',
      })),
      visit: {
        result: '1',
        household: { sta_pkh: 'ya' },
        families: [{ familyNo: 1, answers: { '501e': 'ya' } }],
        members: [],
      },
    };
    expect(
      mismatchesOf(facts).map(({ kind, source, subject, note }) => [kind, source, subject, note]),
    ).toEqual([
      ['program_tanpa_daftar', 'PKH', 'Slamet', 'Menurut kunjungan; Siti, menurut Penerima KLJ'],
      ['program_tanpa_daftar', 'Bantuan Pemda', 'Slamet', 'Menurut kunjungan'],
      ['program_tanpa_daftar', 'KLJ', 'Siti', 'Menurut putusan provinsi; Menurut Penerima KLJ'],
    ]);
    expect(kinds({ ...facts, latest: nothing.latest })).toEqual([]);
    expect(kinds({ ...facts, latest: null })).toEqual([]);
  });

  describe('judges each program by whom it goes to', () => {
    const latest = (known: string[], perFamily = true): Partial<CaseFacts> => ({
      latest: { register: 'DTSEN', known: new Set(known), perFamily },
    });
    const found = (facts: CaseFacts) =>
      mismatchesOf(facts).map(({ source, memberId, subject }) => [source, memberId, subject]);
    const kip = { result: '1', household: {}, families: [], members: [] };

    it('a person’s by that person, though the rest of the family is listed', () => {
      const facts = { ...listed({ receives: programs('KLJ') }), ...latest(['n']) };
      expect(found(facts)).toEqual([['KLJ', 'm', 'Siti']]);
      expect(found({ ...facts, ...latest(['m']) })).toEqual([]);
      const pupil = { memberId: 'n', name: 'Udin', answers: { Ada_kip: 'ya' } };
      const visit = { ...kip, members: [pupil] };
      expect(found({ ...nothing, ...latest(['m']), visit })).toEqual([['KIP/PIP', 'n', 'Udin']]);
      expect(found({ ...nothing, ...latest(['n']), visit })).toEqual([]);
    });

    it('one of whom nobody says who receives it by the household', () => {
      const visit = { ...kip, household: { sta_kip: 'ya' } };
      expect(found({ ...nothing, ...latest(['n']), visit })).toEqual([]);
      expect(found({ ...nothing, ...latest([]), visit })).toEqual([['KIP/PIP', null, 'Slamet']]);
    });

    it('a family’s by that family where the register counts families, else by the roof', () => {
      const facts = { ...listed({ receives: programs('PKH') }), ...latest(['n']) };
      expect(found(facts)).toEqual([['PKH', null, 'Slamet']]);
      expect(found({ ...facts, ...latest(['n'], false) })).toEqual([]);
      const visit = { ...kip, families: [{ familyNo: 2, answers: { '501b': 'ya' } }] };
      expect(found({ ...nothing, ...latest(['n']), visit })).toEqual([]);
      expect(found({ ...nothing, ...latest(['m']), visit })).toEqual([['PKH', null, 'Slamet']]);
    });

    it('who is PPKS as a person, and of no family', () => {
      const facts = { ...listed({ source: 'PPKS', ppks: 'Pemulung' }), ...latest(['n']) };
      expect(mismatchesOf(facts)).toMatchObject([
        { kind: 'ppks_tanpa_daftar', memberId: 'm', reported: 'Pemulung', listed: 'Tidak ada di DTSEN' },
      ]);
      expect(mismatchesOf({ ...facts, ...latest(['m']) })).toEqual([]);
      expect(mismatchesOf({ ...facts, latest: null })).toEqual([]);
    });
  });

  describe('of somebody who may be the member', () => {
    const doubtful = { reported: 'Siti, tanpa NIK', doubts: ['Bisa jadi saudara kembar.'] };
    const asked = (facts: Partial<ListedMember>, contradicts = false): CaseFacts => ({
      ...nothing,
      ...unlisted,
      asked: [{ ...doubtful, listed: listedMember(facts), contradicts }],
    });

    it('asks, with what it would mean, and finds nothing before that is answered', () => {
      const facts = asked({ answers: { status_nik: 'meninggal' }, receives: programs('KLJ') });
      expect(mismatchesOf(facts)).toMatchObject([
        {
          kind: 'mungkin_orang_ini',
          memberId: 'm',
          reported: 'Siti, tanpa NIK',
          listed: 'SITI',
          listedPersons: ['1'],
          note: 'DTKS Gambir. Bila memang orang ini: tercatat meninggal; menerima program, tidak ada di daftar. Bisa jadi saudara kembar.',
        },
      ]);
    });

    it('asks nothing where the answer would change nothing, but where somebody else was said to be the member', () => {
      const alive = { answers: { status_nik: 'aktif' } };
      expect(mismatchesOf(asked(alive))).toEqual([]);
      const note = 'DTKS Gambir. Bisa jadi saudara kembar.';
      expect(mismatchesOf(asked(alive, true))).toMatchObject([{ kind: 'mungkin_orang_ini', note }]);
    });
  });

  it('lets be said of a list that registers nobody that it means somebody else', () => {
    const deceased = { answers: { status_nik: 'meninggal' }, ppks: 'Pemulung' };
    const persons = (refutable: boolean) =>
      mismatchesOf({ ...listed({ ...deceased, refutable }), ...unlisted }).map((found) => [
        found.kind,
        found.listedPersons,
      ]);
    expect(persons(true)).toEqual([
      ['meninggal', ['1']],
      ['ppks_tanpa_daftar', ['1']],
    ]);
    expect(persons(false)[0]).toEqual(['meninggal', undefined]);
  });

  describe('what padan says of a number that the case does not have', () => {
    const corrected = (answers: Record<string, string>) =>
      kinds(listed({ fields: [field('nik')], answers, ofNumber: true }));

    it('is no word on the number that it has: it was corrected since', () => {
      expect(corrected({ status_nik: 'tidak_ditemukan' })).toEqual([]);
      expect(corrected({ flag_pemadanan: '2' })).toEqual([]);
      expect(corrected({ status_nik: 'nonaktif' })).toEqual([['nik_berbeda', 'DTKS']]);
    });

    it('is one on the person where Dukcapil names them itself', () => {
      const named = { status_nik: 'meninggal', flag_pemadanan: '2', NAMA_LGKP: 'SITI' };
      expect(corrected(named)).toEqual([
        ['nik_berbeda', 'DTKS'],
        ['meninggal', 'DTKS'],
      ]);
    });

    it.each(['meninggal', 'pindah', 'ganda', 'nonaktif'])(
      'is none on the person where it may only repeat the name that was asked for: %s',
      (status_nik) => {
        const own = { fields: [field('nik')], ofNumber: true, movedTo: 'Cideng', deceased: true } as const;
        const of = (answers: Record<string, string>) => kinds(listed({ ...own, answers }));
        expect(of({ status_nik })).toEqual([['nik_berbeda', 'DTKS']]);
        expect(of({ status_nik, NAMA_LGKP: 'BUDI' })).toEqual([['nik_berbeda', 'DTKS']]);
      },
    );

    it('is never that two bear it', () => {
      expect(corrected({ status_nik: 'ganda', NAMA_LGKP: 'SITI' })).toEqual([['nik_berbeda', 'DTKS']]);
    });
  });

  describe('that somebody is another', () => {
    it('is not said of a row by whose facts the member’s own would be meant as well, nor of a number', () => {
      const persons = (facts: Partial<ListedMember>) =>
        mismatchesOf(listed({ refutable: true, ...facts })).map((found) => found.listedPersons);
      const other = row('2', 'SITI, No KK 1');
      const same = { ...other, separable: false };
      expect(persons({ elsewhere: [other] })).toEqual([['2']]);
      expect(persons({ elsewhere: [other, same] })).toEqual([[]]);
      expect(persons({ twice: [other] })).toEqual([['2']]);
      expect(persons({ twice: [same] })).toEqual([[]]);
      expect(persons({ answers: { status_nik: 'ganda' } })).toEqual([undefined]);
    });

    it('leaves a number that they bear to be mended', () => {
      const nik = { ...field('nik', 'sama'), reported: '3171' };
      const refused = [
        listedMember({ fields: [nik], answers: { status_nik: 'meninggal' }, refutable: true }),
      ];
      expect(mismatchesOf({ ...nothing, refused })).toMatchObject([
        { kind: 'nik_berbeda', memberId: 'm', reported: '3171', listed: 'SITI', listedPersons: [] },
      ]);
    });
  });

  it('tells each other row of a person by itself, with both', () => {
    const twice = [row('2', 'SITI, NIK 2'), row('3', 'SITI, NIK 3')];
    expect(mismatchesOf(listed({ twice }))).toMatchObject([
      { kind: 'tercatat_ganda', listed: 'SITI; dan SITI, NIK 2', about: 'siti, nik 2', listedPersons: ['2'] },
      { kind: 'tercatat_ganda', listed: 'SITI; dan SITI, NIK 3', about: 'siti, nik 3', listedPersons: ['3'] },
    ]);
  });

  it('reads a visit by Regsosek22-K as one by BDT, also where each family answers for itself', () => {
    const visit: NonNullable<CaseFacts['visit']> = {
      result: '1',
      household: {},
      families: [{ familyNo: 1, answers: { '501a': 'tidak', '501b': 'ya' } }],
      members: [
        { memberId: 'm', name: 'Siti', answers: { '404': '4', '431a': '3' } },
        { memberId: 'n', name: 'Udin', answers: { '404': '2', '431a': '99', '431e': 'tidak' } },
      ],
    };
    expect(kinds({ ...nothing, ...unlisted, visit })).toEqual([
      ['pindah', 'Kunjungan'],
      ['meninggal', 'Kunjungan'],
      ['program_tanpa_daftar', 'PKH'],
      ['program_tanpa_daftar', 'PBI-JKN'],
    ]);
    const newcomer = { memberId: 'm', name: 'Siti', answers: { Sta_keberadaan_art: '4' } };
    expect(kinds({ ...nothing, visit: { ...visit, members: [newcomer] } })).toEqual([]);
  });

  it.each(readdirSync('resources/instruments'))(
    'knows in %s the question of presence and those of PKH and Sembako',
    (file) => {
      const { household, family, member } = Instrument.parse(
        JSON.parse(readFileSync(`resources/instruments/${file}`, 'utf8')),
      );
      const asked = questionsOf([...household, ...family, ...member]).map(({ id }) => id);
      expect(asked.some((id) => stateKinds.some(({ field }) => field === id))).toBe(true);
      for (const label of ['PKH', 'Sembako/BPNT'])
        expect(
          asked.some((id) => askedPrograms.some((program) => program.label === label && id in program.said)),
          label,
        ).toBe(true);
    },
  );

  it('asks about two cases that may be one family', () => {
    const likelyCases = [{ caseId: 'c', number: '7', headName: 'Slamet', verdict: 'Mungkin.' }];
    expect(mismatchesOf({ ...nothing, likelyCases })).toMatchObject([
      { kind: 'berkas_ganda', otherCaseId: 'c', listed: 'Berkas 7' },
    ]);
  });
});
