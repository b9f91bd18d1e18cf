import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldsOf } from '../../shared/domain/condition.ts';
import {
  type Instrument,
  inspectAnswers,
  isAsked,
  type Question,
  questionsOf,
} from '../../shared/domain/instrument.ts';
import { InstrumentFiles } from './instrument-files.ts';
import { bundledShelf, currentInstrument, currentInstruments, loadInstrument } from './instruments.ts';

const resources = join(import.meta.dirname, '..', '..', 'resources');
const bdt = loadInstrument(bundledShelf(resources), 'bdt-2015', '1');
const regsosek = loadInstrument(bundledShelf(resources), 'regsosek22k', '2');
const parts = ['household', 'family', 'member', 'process'] as const;

function all(instrument: Instrument): Question[] {
  return parts.flatMap((part) => questionsOf(instrument[part]));
}

function find(instrument: Instrument, id: string): Question {
  const found = all(instrument).find((question) => question.id === id);
  if (found === undefined) throw new Error(`No question ${id}.`);
  return found;
}

describe.each([bdt, regsosek])('the instrument $title', (instrument) => {
  it('names and numbers each question once', () => {
    for (const name of ['id', 'no'] as const) {
      const names = all(instrument).map((question) => question[name]);
      expect(new Set(names).size).toBe(names.length);
    }
    const groups = parts.flatMap((part) => instrument[part]).map((group) => group.no);
    const fixed = Object.values(instrument.blocks);
    expect(new Set([...groups, ...fixed]).size).toBe(groups.length + fixed.length);
  });

  it('gives choices two codes or more, none twice, that fit their boxes', () => {
    for (const question of all(instrument)) {
      const codes = question.options.map((option) => option.code);
      expect(new Set(codes).size, question.id).toBe(codes.length);
      expect(question.kind === 'choice' && codes.length < 2, question.id).toBe(false);
      for (const code of question.kind === 'ticks' ? [] : codes)
        expect(code.length, `${question.id} ${code}`).toBeLessThanOrEqual(question.digits);
    }
  });

  it.each(parts)('lets conditions of %s questions look at earlier ones, and at values they have', (part) => {
    const earlier = new Map<string, Question>();
    for (const question of questionsOf(instrument[part])) {
      for (const field of fieldsOf(question.when).own)
        expect(earlier.has(field), `${question.id} ← ${field}`).toBe(true);
      for (const condition of question.when) {
        if (!('in' in condition)) continue;
        const values = earlier.get(condition.field)?.options.map((option) => option.value ?? option.code);
        for (const value of condition.in) expect(values, question.id).toContain(value);
      }
      earlier.set(question.id, question);
    }
  });

  it('says in words what every question depends on', () => {
    const gate = instrument === bdt ? 'Sta_keberadaan_art' : '404';
    const depending = all(instrument).filter(
      (question) =>
        question.minAge !== null ||
        question.maxAge !== null ||
        fieldsOf(question.when).own.some((field) => field !== gate),
    );
    expect(depending.length).toBeGreaterThan(10);
    for (const question of depending)
      expect(question.help, question.id).toMatch(/[Hh]anya bila|Usia|Perempuan|Bila /);
  });

  it('has rules about questions there are, each told apart and shown where it is mended', () => {
    expect(new Set(instrument.rules.map(({ id }) => id)).size).toBe(instrument.rules.length);
    const known = {
      household: questionsOf(instrument.household),
      family: questionsOf(instrument.family),
      member: questionsOf(instrument.member),
    };
    const has = (of: keyof typeof known, field: string) => known[of].some(({ id }) => id === field);
    for (const rule of instrument.rules) {
      const { own, members } = fieldsOf(rule.when);
      for (const field of [...own, rule.field]) expect(has(rule.of, field), `${rule.id} ${field}`).toBe(true);
      for (const field of members) expect(has('member', field), `${rule.id} ${field}`).toBe(true);
      expect(find(instrument, rule.field).kept, rule.id).toBeNull();
    }
  });

  it('shares a list of codes only where both lists are the same', () => {
    for (const question of all(instrument).filter(({ codesOf }) => codesOf !== null))
      expect(question.options).toEqual(find(instrument, question.codesOf ?? '').options);
  });
});

describe('BDT 2015', () => {
  const yes = (id: string) => find(bdt, id).options.map(({ code, value }) => `${code} ${value}`);

  it('holds the 54 household, 31 member and 9 process fields of the source', () => {
    const kept = new Set(['omset_usaha', 'lokasi_usaha']);
    expect(questionsOf(bdt.household)).toHaveLength(54);
    expect(questionsOf(bdt.member).filter(({ id }) => !kept.has(id))).toHaveLength(31);
    expect(questionsOf(bdt.process).length + kept.size).toBe(9);
  });

  it('prints yes and no as 1/2 or 3/4, and keeps ya and tidak', () => {
    for (const id of ['ada_tabung_gas', 'ada_ac', 'ada_emas', 'ada_mobil', 'sta_kks', 'sta_kis', 'sta_pkh'])
      expect(yes(id), id).toEqual(['1 ya', '2 tidak']);
    for (const id of ['ada_lemari_es', 'ada_laptop', 'ada_motor', 'sta_kip', 'sta_rastra', 'rumah_lain'])
      expect(yes(id), id).toEqual(['3 ya', '4 tidak']);
  });

  it('keeps the disability codes of the paper form, 00 to 12 with 03 Tuna rungu', () => {
    const { options } = find(bdt, 'Jenis_cacat');
    expect(options.map((option) => option.code)).toEqual(
      Array.from({ length: 13 }, (_, code) => String(code).padStart(2, '0')),
    );
    expect(options[3]?.label).toBe('Tuna rungu');
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
    ['luas_atb', { aset_tak_bergerak: 'ya' }, true],
    ['luas_atb', { aset_tak_bergerak: '1' }, false],
    ['Ada_akta_nikah', { Sta_keberadaan_art: '1', Sta_kawin: '3' }, true],
    ['Ada_akta_nikah', { Sta_keberadaan_art: '1', Sta_kawin: '4' }, false],
    ['Sta_hamil', { Sta_keberadaan_art: '1', Sta_kawin: '4' }, true],
    ['Sta_hamil', { Sta_keberadaan_art: '1', Sta_kawin: '1' }, false],
    ['Pendidikan_tertinggi', { Sta_keberadaan_art: '1', Partisipasi_sekolah: '0' }, false],
    ['Ijazah_tertinggi', { Sta_keberadaan_art: '1', Partisipasi_sekolah: '2' }, true],
    ['Lapangan_usaha', { Sta_keberadaan_art: '1', Sta_Bekerja: 'tidak' }, false],
    ['Status_pekerjaan', { Sta_keberadaan_art: '4', Sta_Bekerja: 'ya' }, true],
    ['Sta_kawin', { Sta_keberadaan_art: '2' }, false],
    // What the register keeps is never asked.
    ['NIK', { Sta_keberadaan_art: '1' }, false],
  ])('asks %s after %o: %s', (id, answers, asked) => {
    expect(isAsked(find(bdt, id), answers, adult)).toBe(asked);
  });

  it('asks about pregnancy only women of 10 to 49, and school and work only from five', () => {
    const married = { Sta_keberadaan_art: '1', Sta_kawin: '2' };
    expect(isAsked(find(bdt, 'Sta_hamil'), married, { age: 30, sex: 'L' })).toBe(false);
    expect(isAsked(find(bdt, 'Sta_hamil'), married, { age: 50, sex: 'P' })).toBe(false);
    expect(isAsked(find(bdt, 'Sta_Bekerja'), { Sta_keberadaan_art: '1' }, { age: 4, sex: 'L' })).toBe(false);
  });

  it('has nothing to ask of a member who died', () => {
    expect(inspectAnswers(bdt.member, { Sta_keberadaan_art: '2' }, adult)).toEqual([]);
  });
});

describe('Regsosek22-K', () => {
  it('holds the 57 coded questions of the source', () => {
    const coded = all(regsosek).filter(
      ({ id, options }) => options.length > 0 && !/^50[123]/.test(id) && !['504'].includes(id),
    );
    expect(coded).toHaveLength(57);
  });

  const here = { '404': '1' };
  it.each([
    ['301b', { '301a': '1' }, null, true],
    ['301b', { '301a': '2' }, null, false],
    ['306b', { '306a': '8' }, null, true],
    ['306b', { '306a': '9' }, null, false],
    ['307b3', { '307a': '1' }, null, true],
    ['307b1', { '307a': '2' }, null, false],
    ['309b', { '309a': '3' }, null, true],
    ['309b', { '309a': '4' }, null, false],
    ['408', { '404': '6' }, 30, false],
    ['408', { '404': '5' }, 30, true],
    ['410', { ...here, '408': '3' }, 54, true],
    ['410', { ...here, '408': '3' }, 55, false],
    ['410', { ...here, '408': '1' }, 30, false],
    ['412', here, 4, false],
    ['419', here, 5, true],
    ['427', here, 4, true],
    ['427', here, 5, false],
    ['428a', here, 2, true],
    ['428f', here, 1, false],
    ['428g', here, 4, false],
    ['428j', here, 5, true],
    ['429', here, 60, true],
    ['429', { ...here, '428c': '2' }, 40, true],
    ['429', { ...here, '428c': '3' }, 40, false],
    ['431b', here, 4, false],
    ['431e', here, 30, true],
    ['431e', here, 31, false],
    ['431f', here, 14, false],
    ['431f', here, 15, true],
  ])('asks %s after %o at the age of %s: %s', (id, answers, age, asked) => {
    const subject = { age, sex: 'P' as const, kept: { '407': age === null ? '' : String(age) } };
    expect(isAsked(find(regsosek, id), answers, subject)).toBe(asked);
  });
});

describe('a new version', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mutakhir-kuesioner-'));
    cpSync(join(resources, 'instruments'), join(folder, 'instruments'), { recursive: true });
    const next = readFileSync(join(resources, 'instruments', 'bdt-2015-1.json'), 'utf8')
      .replace('"version": "1"', '"version": "2"')
      .replace('"validFrom": "2015-01-01"', '"validFrom": "2027-01-01"');
    writeFileSync(join(folder, 'instruments', 'bdt-2015-2.json'), next);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is a file: it counts from its day on, and the older one stays readable', () => {
    expect(currentInstrument(bundledShelf(folder), 'bdt-2015', '2026-12-31').version).toBe('1');
    expect(currentInstrument(bundledShelf(folder), 'bdt-2015', '2027-01-01').version).toBe('2');
    expect(loadInstrument(bundledShelf(folder), 'bdt-2015', '1').version).toBe('1');
    expect(
      currentInstruments(bundledShelf(folder), '2027-06-01').map(({ id, version }) => `${id} ${version}`),
    ).toEqual(['bdt-2015 2', 'regsosek22k 2']);
  });

  it('is read once, and cannot be changed by whoever was given it', () => {
    const files = new InstrumentFiles(folder);
    const read = files.find('bdt-2015', '2');
    expect(files.find('bdt-2015', '2')).toBe(read);
    expect(files.all()).toContain(read);
    expect(() => read?.household.pop()).toThrow(TypeError);
  });

  it('comes from the province, too, and counts from the day it was set for', () => {
    const sent = { ...bdt, version: '3', validFrom: '2026-01-01' };
    const shelf = {
      files: new InstrumentFiles(resources),
      published: () => [{ instrument: sent, effectiveFrom: '2026-12-01' }],
    };
    expect(currentInstrument(shelf, 'bdt-2015', '2026-11-30').version).toBe('1');
    expect(currentInstrument(shelf, 'bdt-2015', '2026-12-01').version).toBe('3');
    expect(loadInstrument(shelf, 'bdt-2015', '3')).toBe(sent);
  });

  it('that is missing is said, as is an instrument that is none', () => {
    for (const [id, version] of [
      ['bdt-2015', '9'],
      ['../../package', '1'],
    ] as const)
      expect(() => loadInstrument(bundledShelf(folder), id, version)).toThrow(
        expect.objectContaining({ code: 'instrument_missing' }),
      );
    writeFileSync(join(folder, 'instruments', 'lain-1.json'), '{"id":"bdt-2015"}');
    expect(() => loadInstrument(bundledShelf(folder), 'lain', '1')).toThrow(/invalid_type|Invalid input/);
  });
});
