import { expect, it } from 'vitest';
import { Settings } from '../../shared/contract/settings.ts';
import { askedPrograms, programNamed, programsInList, programsOfLines } from './programs.ts';

const known = [...programsOfLines(Settings.parse({}).regionalPrograms), ...askedPrograms];

it.each([
  ['KLJ', 'KLJ'],
  ['Kartu Lansia Jakarta', 'KLJ'],
  ['KARTU LANSIA JAKARTA (KLJ)', 'KLJ'],
  ['KJP', 'KJP Plus'],
  ['KJP Plus', 'KJP Plus'],
  ['kartu jakarta mahasiswa unggul', 'KJMU'],
  ['BPNT', 'Sembako/BPNT'],
  ['Kajian Lansia', null],
  ['', null],
])('reads %j as %j', (text, label) => {
  expect(programNamed(text, known)?.label ?? null).toBe(label);
});

it.each<[string, string, Record<string, string>, string[]]>([
  ['its own name', 'Penerima KLJ tahap 2', {}, ['KLJ']],
  ['a column of the program', 'Data warga', { penerima_kaj: 'Ya', kpdj: 'tidak', klj: '' }, ['KAJ']],
  ['a column that names programs', 'Data warga', { jenis_bantuan: 'KPDJ dan PKH' }, ['KPDJ', 'PKH']],
  ['no number of an account', 'Data warga', { rekening_kjp: '1234567' }, []],
  ['no remark', 'Data warga', { catatan: 'pernah bertanya tentang KLJ' }, []],
])('finds what a list says by %s', (_, list, answers, labels) => {
  expect(programsInList(list, answers, known).map(({ label }) => label)).toEqual(labels);
});

it('takes what the office set: a name, other names after it, nothing of an empty line', () => {
  expect(
    programsOfLines(['Kartu Baru = KB Jaya', ' ', 'Sebutan', 'Sembako Jakarta = SJ (keluarga)']).map(
      ({ label, names, unit }) => [label, names, unit],
    ),
  ).toEqual([
    ['Kartu Baru', ['kartu baru', 'kb jaya'], 'orang'],
    ['Sebutan', ['sebutan'], 'orang'],
    ['Sembako Jakarta', ['sembako jakarta', 'sj'], 'keluarga'],
  ]);
});
