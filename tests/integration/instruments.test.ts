import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, setUpTestOffice, type Client, type TestOffice } from './office.ts';
import { fullEntry, photoLabels, printForms, readyCase, workAt } from './visits.ts';

/** The program's resources in a folder of their own, where a new questionnaire can be put. */
const resourcesDir = mkdtempSync(join(tmpdir(), 'mutakhir-sumber-'));
const instruments = join(resourcesDir, 'instruments');
let t: TestOffice;
let officer: Client;

beforeAll(async () => {
  for (const name of readdirSync('resources').filter((entry) => entry !== 'instruments'))
    symlinkSync(resolve('resources', name), join(resourcesDir, name));
  cpSync('resources/instruments', instruments, { recursive: true });
  t = await setUpTestOffice({ resourcesDir });
  officer = await t.as('petugas_verifikasi');
});
afterAll(async () => {
  await t.close();
  rmSync(resourcesDir, { recursive: true });
});

async function printed(nth: number, instrument?: string) {
  const caseId = await readyCase(t, nth);
  await printForms(t, [caseId], 'Rina', 'F4', instrument);
  const work = await workAt(officer, 'lapangan');
  return { caseId, code: work.find((item) => item.caseId === caseId)?.sheet?.code ?? '' };
}

describe('a new version of a questionnaire', () => {
  it('is a file: new sheets take it, and a draft opens in the version it was begun in', async () => {
    const { code } = await printed(1);
    const before = await officer.verification.openSheet.query({ code });
    const entry = { ...fullEntry(before), household: { lantai: '9' } };
    await officer.verification.save.mutate({ sheetId: before.sheetId, version: 0, entry });

    const next = readFileSync(join(instruments, 'bdt-2015-1.json'), 'utf8')
      .replace('"version": "1"', '"version": "2"')
      .replace('"id": "lantai"', '"id": "lantai_baru"');
    writeFileSync(join(instruments, 'bdt-2015-2.json'), next);

    const again = await officer.verification.openSheet.query({ code });
    expect(again.instrument.version).toBe('1');
    expect(again.entry.household).toEqual({ lantai: '9' });
    const full = await officer.verification.save.mutate({
      sheetId: before.sheetId,
      version: 1,
      entry: fullEntry(again),
    });
    expect(
      await officer.verification.finish.mutate({ sheetId: before.sheetId, version: full.version }),
    ).toEqual({ state: 'DICACAH', missingPhotos: photoLabels });

    const newer = await officer.verification.openSheet.query({ code: (await printed(2)).code });
    expect(newer.instrument.version).toBe('2');
    expect(Object.keys(fullEntry(newer).household)).toContain('lantai_baru');
  });
});

describe('another questionnaire', () => {
  it('goes the same way: printed, typed in, refused while incomplete, finished', async () => {
    const { code, caseId } = await printed(3, 'regsosek22k');
    const sheet = await officer.verification.openSheet.query({ code });
    expect(sheet.instrument.title).toBe('Regsosek22-K');
    const entry = fullEntry(sheet);
    const missing = { ...entry, families: { '1': { ...entry.families['1'], '303': '' } } };
    let saved = await officer.verification.save.mutate({
      sheetId: sheet.sheetId,
      version: 0,
      entry: missing,
    });
    const finish = () =>
      officer.verification.finish.mutate({ sheetId: sheet.sheetId, version: saved.version });
    expect(await codeOf(finish())).toBe('answers_incomplete');
    saved = await officer.verification.save.mutate({ sheetId: sheet.sheetId, version: saved.version, entry });
    expect(await finish()).toEqual({ state: 'DICACAH', missingPhotos: [] });
    const lurah = await t.as('lurah');
    const detail = await lurah.approval.detail.query({ caseId });
    expect(detail.visit?.answers.find(({ no }) => no === '502i')).toMatchObject({ answer: 'Tidak' });
  });

  it('that the program does not have is not printed', async () => {
    await expect(printForms(t, [await readyCase(t, 4)], 'Rina', 'F4', 'dtsen')).rejects.toThrow(
      'instrument_missing',
    );
  });
});

describe('what seems odd', () => {
  it('is finished with a reason, which is kept; what cannot be is not', async () => {
    const { code } = await printed(5, 'bdt-2015');
    const sheet = await officer.verification.openSheet.query({ code });
    const plain = fullEntry(sheet);
    const odd = {
      ...plain,
      household: { ...plain.household, luas_lantai: '4', jumlah_kamar: '3' },
    };
    const key = 'household.jumlah_kamar!kamar_sempit';
    let version = 0;
    const finishWith = async (entry: typeof odd) => {
      ({ version } = await officer.verification.save.mutate({ sheetId: sheet.sheetId, version, entry }));
      return officer.verification.finish.mutate({ sheetId: sheet.sheetId, version });
    };
    expect(await codeOf(finishWith(odd))).toBe('answers_incomplete');
    const head = sheet.household.members[0]?.id ?? '';
    const impossible = {
      ...odd,
      members: { ...odd.members, [head]: { ...odd.members[head], Pendidikan_tertinggi: '01' } },
      passes: { ...odd.passes, [key]: 'Kamar disekat tripleks' },
    };
    expect(await codeOf(finishWith(impossible))).toBe('answers_incomplete');
    const reasoned = { ...odd, passes: impossible.passes };
    expect(await finishWith(reasoned)).toEqual({ state: 'DICACAH', missingPhotos: photoLabels });
    const { entry } = await officer.verification.openSheet.query({ code });
    expect(entry.passes[key]).toBe('Kamar disekat tripleks');
  });
});
