import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Instrument, type Question, questionsOf } from '../../shared/domain/instrument.ts';
import { unitQuestions } from '../../shared/domain/instrument-exchange.ts';
import { bdt2015 } from './bdt-2015.ts';
import { isAnswer, type Profile } from './profile.ts';
import { regsosek } from './regsosek.ts';

const folder = 'resources/instruments';
const instruments = readdirSync(folder).map((file) =>
  Instrument.parse(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'))),
);

/** What files of a list may write for a question: its codes, or every sum of them. */
function codesOf({ kind, options }: Question): string[] | null {
  if (kind === 'choice') return options.map(({ code }) => code);
  if (kind !== 'sum') return null;
  const alone = options.filter(({ code, exclusive }) => exclusive ?? code === '0').map(({ code }) => code);
  const most = options
    .filter(({ code }) => !alone.includes(code))
    .reduce((sum, { code }) => sum + Number(code), 0);
  return [...new Set([...Array.from({ length: most + 1 }, (_, sum) => String(sum)), ...alone])];
}

describe.each<[string, Profile]>([
  ['BDT2015', bdt2015],
  ['REGSOSEK', regsosek],
])('the columns of a list and its instrument: %s', (source, profile) => {
  const questions = instruments
    .filter(({ lists }) => lists.includes(source))
    .flatMap((instrument) => [...questionsOf(unitQuestions(instrument)), ...questionsOf(instrument.member)])
    .filter(({ kept }) => kept === null);
  const answers = new Map(profile.columns.filter(isAnswer).map((column) => [column.field, column]));

  it('mean the same fields: nothing that the file answers is lost on the way to the sheet', () => {
    const fields = new Set(questions.flatMap(({ id, column }) => [id, column ?? id]));
    const lost = [...answers.values()].filter(
      ({ field, codes }) => codes !== undefined && !fields.has(field) && !keptElsewhere.includes(field),
    );
    expect(lost.map(({ field }) => field)).toEqual([]);
  });

  it('know the same codes', () => {
    const different = questions.flatMap((question) => {
      const column = answers.get(question.column ?? question.id);
      const codes = codesOf(question);
      return column?.codes === undefined || codes === null || sameCodes(column.codes, codes)
        ? []
        : [{ field: column.field, file: column.codes, instrument: codes }];
    });
    expect(different).toEqual([]);
  });
});

/** What the register itself keeps (relation, result of a visit), or tells of the card by its number (115). */
const keptElsewhere = ['Hubkel', 'kd_hasil_pendataan_keluarga', 'kd_kk'];

function sameCodes(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((code) => right.includes(code));
}
