import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Instrument, inspectAnswers, isAsked, type Question } from '../../shared/domain/instrument.ts';
import { loadInstrument } from './instruments.ts';

const instrument = loadInstrument(join(import.meta.dirname, '..', '..', 'resources'));

function questionsOf(part: 'household' | 'member', of: Instrument = instrument): Question[] {
  return of[part].flatMap((group) => group.questions);
}

function find(id: string): Question {
  const found = [...questionsOf('household'), ...questionsOf('member')].find(
    (question) => question.id === id,
  );
  if (found === undefined) throw new Error(`No question ${id}.`);
  return found;
}

function codesOf(id: string): string[] {
  return find(id).options.map((option) => `${option.code} ${option.label}`);
}

describe('the instrument BDT 2015', () => {
  it('holds household and member questions, numbered once each within blocks that follow the form', () => {
    expect(questionsOf('household').length).toBeGreaterThanOrEqual(22);
    expect(questionsOf('member').length).toBeGreaterThanOrEqual(13);
    expect([...instrument.household, ...instrument.member].map((group) => group.no)).toEqual([
      'IV',
      'V',
      'VI',
    ]);
    const numbers = [...questionsOf('household'), ...questionsOf('member')].map((question) => question.no);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it.each(['household', 'member'] as const)(
    'names each %s question once and gives choices two codes or more, none twice',
    (part) => {
      const ids = questionsOf(part).map((question) => question.id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const question of questionsOf(part)) {
        const codes = question.options.map((option) => option.code);
        expect(new Set(codes).size, question.id).toBe(codes.length);
        for (const code of codes)
          expect(code.length, `${question.id} ${code}`).toBeLessThanOrEqual(question.digits);
      }
    },
  );

  it.each(['household', 'member'] as const)(
    'lets conditions of %s questions refer to earlier questions and to codes they have',
    (part) => {
      const earlier = new Map<string, Question>();
      for (const question of questionsOf(part)) {
        for (const condition of question.when) {
          const source = earlier.get(condition.field);
          expect(source, `${question.id} ← ${condition.field}`).toBeDefined();
          for (const code of condition.in)
            expect(
              source?.options.map((option) => option.code),
              question.id,
            ).toContain(code);
        }
        earlier.set(question.id, question);
      }
    },
  );

  it('keeps the alternating yes and no codes of assets and programs', () => {
    for (const id of ['ada_tabung_gas', 'ada_ac', 'ada_emas', 'ada_mobil', 'sta_kks', 'sta_kis', 'sta_pkh'])
      expect(codesOf(id), id).toEqual(['1 Ya', '2 Tidak']);
    for (const id of ['ada_lemari_es', 'ada_laptop', 'ada_motor', 'sta_kip', 'sta_rastra'])
      expect(codesOf(id), id).toEqual(['3 Ya', '4 Tidak']);
  });

  it('keeps the disability codes of the paper form, 00 to 12 with 03 Tuna rungu', () => {
    const options = find('Jenis_cacat').options;
    expect(options.map((option) => option.code)).toEqual(
      Array.from({ length: 13 }, (_, code) => String(code).padStart(2, '0')),
    );
    expect(options[3]?.label).toBe('Tuna rungu');
  });

  it('gives every choice at least two codes to choose from', () => {
    const choices = [...questionsOf('household'), ...questionsOf('member')].filter(
      (question) => question.kind === 'choice',
    );
    expect(choices.filter((question) => question.options.length < 2)).toEqual([]);
  });

  it('says in words what every question depends on', () => {
    const depending = [...questionsOf('household'), ...questionsOf('member')].filter(
      (question) =>
        question.minAge !== null ||
        question.when.some((condition) => condition.field !== 'Sta_keberadaan_art'),
    );
    expect(depending.length).toBeGreaterThan(10);
    for (const question of depending) expect(question.help, question.id).toMatch(/Hanya bila|Usia|Perempuan/);
  });

  const adult = { age: 35, sex: 'P' } as const;
  it.each([
    ['kondisi_dinding', { dinding: '3' }, true],
    ['kondisi_dinding', { dinding: '4' }, false],
    ['kondisi_atap', { atap: '7' }, true],
    ['kondisi_atap', { atap: '8' }, false],
    ['nomor_meter_air', { sumber_airminum: '3' }, true],
    ['nomor_meter_air', { sumber_airminum: '4' }, false],
    ['daya', { sumber_penerangan: '1' }, true],
    ['nomor_pln', { sumber_penerangan: '2' }, false],
    ['kloset', { fasbab: '4' }, false],
    ['buang_tinja', { fasbab: '4' }, true],
    ['Ada_akta_nikah', { Sta_keberadaan_art: '1', Sta_kawin: '3' }, true],
    ['Ada_akta_nikah', { Sta_keberadaan_art: '1', Sta_kawin: '4' }, false],
    ['Sta_hamil', { Sta_keberadaan_art: '1', Sta_kawin: '4' }, true],
    ['Sta_hamil', { Sta_keberadaan_art: '1', Sta_kawin: '1' }, false],
    ['Pendidikan_tertinggi', { Sta_keberadaan_art: '1', Partisipasi_sekolah: '0' }, false],
    ['Ijazah_tertinggi', { Sta_keberadaan_art: '1', Partisipasi_sekolah: '2' }, true],
    ['Lapangan_usaha', { Sta_keberadaan_art: '1', Sta_Bekerja: '2' }, false],
    ['Status_pekerjaan', { Sta_keberadaan_art: '4', Sta_Bekerja: '1' }, true],
    ['Sta_kawin', { Sta_keberadaan_art: '2' }, false],
  ])('asks %s after %o: %s', (id, answers, asked) => {
    expect(isAsked(find(id), answers, adult)).toBe(asked);
  });

  it('asks about pregnancy only women of 10 to 49, and school and work only from five', () => {
    const married = { Sta_keberadaan_art: '1', Sta_kawin: '2' };
    expect(isAsked(find('Sta_hamil'), married, { age: 30, sex: 'L' })).toBe(false);
    expect(isAsked(find('Sta_hamil'), married, { age: 50, sex: 'P' })).toBe(false);
    expect(isAsked(find('Sta_Bekerja'), { Sta_keberadaan_art: '1' }, { age: 4, sex: 'L' })).toBe(false);
  });

  it('has nothing to ask of a member who died', () => {
    expect(inspectAnswers(instrument.member, { Sta_keberadaan_art: '2' }, adult)).toEqual([]);
  });
});
