import { describe, expect, it } from 'vitest';
import { instrument as bdt, regsosek } from '../../tests/fixtures/papers.ts';
import { member } from '../../tests/fixtures/members.ts';
import type { Household } from './household.ts';
import { answerWords, inspectAnswer, type Instrument, partsOf, questionsOf } from './instrument.ts';
import {
  decodeAnswer,
  decodeAnswers,
  doubtfulFields,
  encodeAnswers,
  exportVisit,
  unitsOf,
} from './instrument-exchange.ts';

function find(of: Instrument, id: string) {
  const found = [...questionsOf(of.household), ...questionsOf(of.member), ...questionsOf(of.process)].find(
    (question) => question.id === id,
  );
  if (found === undefined) throw new Error(`No question ${id}.`);
  return found;
}

describe('alternating codes of yes and no', () => {
  it('are read into ya and tidak, and written as that question prints them', () => {
    const codes = { ada_tabung_gas: '1', ada_lemari_es: '3', ada_ac: '2', ada_motor: '4' };
    const kept = { ada_tabung_gas: 'ya', ada_lemari_es: 'ya', ada_ac: 'tidak', ada_motor: 'tidak' };
    expect(decodeAnswers(bdt, bdt.household, codes)).toEqual(kept);
    expect(encodeAnswers(bdt.household, kept)).toEqual(codes);
  });

  it('are never taken for those of the question beside it', () => {
    expect(decodeAnswer(bdt, find(bdt, 'ada_lemari_es'), '1')).toBeNull();
    expect(decodeAnswer(bdt, find(bdt, 'ada_ac'), '3')).toBeNull();
    expect(decodeAnswer(regsosek, find(regsosek, '431b'), '8')).toBe('tidak_tahu');
  });
});

describe('disability codes', () => {
  const question = find(bdt, 'Jenis_cacat');

  it('of the paper form are kept as they are', () => {
    expect(decodeAnswer(bdt, question, '03')).toBe('03');
    // Without its origin a bare digit may mean either list.
    expect(decodeAnswer(bdt, question, '3')).toBeNull();
  });

  it('of SIKS-Droid are one short after 02, and put right', () => {
    const read = (code: string) => decodeAnswer(bdt, question, code, 'siks_droid');
    expect(['0', '1', '2', '3', '4', '11'].map(read)).toEqual(['00', '01', '02', '04', '05', '12']);
    expect(['02', '03'].map(read)).toEqual(['02', '04']);
    expect(read('12')).toBeNull();
  });
});

describe('sums of codes', () => {
  const card = find(bdt, 'Ada_kartu_identitas');
  const health = find(regsosek, '431a');
  const work = find(regsosek, '431f');

  it('fall apart into what was added', () => {
    expect(partsOf(card, '13')?.map(({ label }) => label)).toEqual(['Akta kelahiran', 'KTP', 'SIM']);
    expect(answerWords(card, '5')).toBe('Akta kelahiran + KTP');
    expect(partsOf(card, '0')?.map(({ label }) => label)).toEqual(['Tidak memiliki']);
  });

  it('hold what stands alone, and nothing that is no code', () => {
    expect(answerWords(health, '99')).toBe('Lainnya');
    expect(answerWords(work, '99')).toBe('Tidak tahu');
    for (const wrong of ['16', '100', '-1', 'x', '1,4'])
      expect(inspectAnswer(health, wrong), wrong).not.toBeNull();
    expect(inspectAnswer(card, '16')).toBe(
      '16 bukan jumlah dari kode 0, 1, 2, 4, 8. Kode 0 berdiri sendiri.',
    );
    expect(inspectAnswer(health, '15')).toBeNull();
  });
});

describe('where files come from', () => {
  it('says what may be wrong in them: items e to j of OpenSID', () => {
    expect(doubtfulFields(regsosek, 'opensid_2024')).toEqual([
      '502e',
      '502f',
      '502g',
      '502h',
      '502i',
      '502j',
    ]);
    expect(doubtfulFields(regsosek, 'formulir')).toEqual([]);
  });

  it('may name columns otherwise than the paper', () => {
    expect(decodeAnswers(regsosek, regsosek.family, { kd_lemari_es: '1', luas_lantai: '24' })).toEqual({
      '502b': 'ya',
      '302': '24',
    });
  });
});

describe('several families under one roof', () => {
  const members = [
    member({ id: 'a' }),
    member({ id: 'b', name: 'Budi', sex: 'L', relation: '4', familyNo: 2, familyRelation: '1' }),
    member({ id: 'c', name: 'Cici', relation: '3', familyNo: 2, familyRelation: '2' }),
    member({ id: 'd', name: 'Dodi', sex: 'L', relation: '3', familyRelation: '3' }),
  ];
  const household: Household = {
    address: { street: 'Jl. Uji', rt: 1, rw: 2, kelurahan: '31.71.01.1001' },
    phone: null,
    families: [
      { no: 1, kk: '3171010101010001' },
      { no: 2, kk: null },
      { no: 3, kk: '3171010101010003' },
    ],
    members,
  };
  const answers = {
    household: { sta_bangunan: '1', ada_motor: 'ya', '106': 'RT 03' },
    families: { '1': { '301a': '1', '502i': 'ya' }, '2': { '301a': '3', '502i': 'tidak' } },
    process: { flag_dokumen: '2' },
    members: { a: { Jenis_cacat: '03' }, c: { '411': '5' } },
  };
  const visit = { household, answers, kept: { percentile: '12', visitResult: '1' }, day: '2026-11-09' };

  it('are one record where the instrument describes households', () => {
    const records = exportVisit(bdt, visit);
    expect(records).toHaveLength(1);
    expect(records[0]?.household).toMatchObject({
      sta_bangunan: '1',
      ada_motor: '3',
      flag_dokumen: '2',
      sta_keberadaan_RT: '1',
      hasil_verivali: '1',
      percentile: '12',
    });
    expect(
      records[0]?.members.map(({ Nama, NUK, Hub_KRT, Hubkel, JnsKel }) => [
        Nama,
        NUK,
        Hub_KRT,
        Hubkel,
        JnsKel,
      ]),
    ).toEqual([
      ['Siti Aminah', '1', '1', '1', '2'],
      ['Budi', '2', '4', '1', '1'],
      ['Cici', '2', '3', '2', '2'],
      ['Dodi', '1', '3', '3', '1'],
    ]);
    expect(records[0]?.members[0]).toMatchObject({ Jenis_cacat: '03', Umur: '46' });
  });

  it('are a record each where it describes families: nobody is lost, nobody twice', () => {
    expect(unitsOf('keluarga', household).map(({ familyNo, head }) => [familyNo, head?.name])).toEqual([
      [1, 'Siti Aminah'],
      [2, 'Budi'],
    ]);
    const records = exportVisit(regsosek, visit);
    expect(records.map((record) => record.household)).toMatchObject([
      {
        kd_stat_bangunan_tinggal: '1',
        kd_sepeda_motor: '1',
        '108': 'Siti Aminah',
        '112': '2',
        '114': '3171010101010001',
      },
      {
        kd_stat_bangunan_tinggal: '3',
        kd_sepeda_motor: '2',
        '106': 'RT 03',
        '108': 'Budi',
        '112': '2',
        '205': '1',
      },
    ]);
    expect(records[1]?.members).toMatchObject([
      { '401': '1', '402': 'Budi', kd_hubungan_dg_kk: '1' },
      { '401': '2', '402': 'Cici', kd_hubungan_dg_kk: '2', kd_punya_kartuid: '5' },
    ]);
  });
});
