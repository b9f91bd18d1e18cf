import { expect, it } from 'vitest';
import { lastWords, Refusal } from './refusal.ts';

it('ends with one line, whatever stopped it', () => {
  expect(lastWords(new Refusal('berkas a.csv kosong.'))).toEqual({
    line: 'link: berkas a.csv kosong.',
    code: 2,
  });
  expect(lastWords(new RangeError('too long\n    at nowhere'))).toEqual({
    line: 'link: berhenti karena galat yang tak terduga (RangeError: too long).',
    code: 1,
  });
  expect(lastWords('odd').line).toContain('(odd)');
});
