import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Instrument, questionsOf } from '../../shared/domain/instrument.ts';
import type { FieldComparison } from '../../shared/domain/match.ts';
import { type CaseFacts, type ListedMember, mismatchesOf, saysGone, stateKinds } from './mismatch.ts';
import { askedPrograms } from './programs.ts';

const nothing: CaseFacts = {
  listed: [],
  unreported: [],
  registered: true,
  latest: { register: 'DTKS', knowsAnybody: true },
  headName: 'Slamet',
  visit: null,
  granted: [],
  muskelNotFound: false,
  likelyCases: [],
};

/** The latest register knows nobody; an older one may. */
const unlisted: Partial<CaseFacts> = { latest: { register: 'DTSEN', knowsAnybody: false } };

function listed(facts: Partial<ListedMember>): CaseFacts {
  const member: ListedMember = {
    memberId: 'm',
    name: 'Siti',
    source: 'DTKS',
    listName: 'DTKS Gambir',
    fields: [],
    answers: {},
    deceased: false,
    elsewhere: [],
    movedTo: null,
    receives: [],
    ...facts,
  };
  return { ...nothing, listed: [member] };
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
    ['tercatat_ganda', { elsewhere: ['SITI, No KK 1'] }],
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
    expect(kinds(listed({ elsewhere: ['SITI, No KK 1'] }))).toEqual([['tercatat_ganda', 'DTKS']]);
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
      ...listed({ receives: ['KLJ', 'PKH'], listName: 'Penerima KLJ' }),
      ...unlisted,
      granted: [{ label: 'KLJ', note: 'Menurut putusan provinsi' }],
      visit: { result: '1', household: { sta_pkh: 'ya' }, families: [{ '501e': 'ya' }], members: [] },
    };
    expect(
      mismatchesOf(facts).map(({ kind, source, subject, note }) => [kind, source, subject, note]),
    ).toEqual([
      ['program_tanpa_daftar', 'PKH', 'Slamet', 'Menurut kunjungan; Siti, menurut Penerima KLJ'],
      ['program_tanpa_daftar', 'Bantuan Pemda', 'Slamet', 'Menurut kunjungan'],
      ['program_tanpa_daftar', 'KLJ', 'Slamet', 'Menurut putusan provinsi; Siti, menurut Penerima KLJ'],
    ]);
    expect(kinds({ ...facts, latest: nothing.latest })).toEqual([]);
    expect(kinds({ ...facts, latest: null })).toEqual([]);
  });

  it('reads a visit by Regsosek22-K as one by BDT, also where each family answers for itself', () => {
    const visit: NonNullable<CaseFacts['visit']> = {
      result: '1',
      household: {},
      families: [{ '501a': 'tidak', '501b': 'ya' }],
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
