import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configureIssueWords } from './issue-words.ts';

function said(schema: z.ZodType, value: unknown): string | undefined {
  return schema.safeParse(value).error?.issues[0]?.message;
}

describe('what a schema says that has no sentence of its own', () => {
  beforeAll(() => configureIssueWords());

  it('asks for what is missing', () => {
    expect(said(z.string(), undefined)).toBe('Wajib diisi.');
    expect(said(z.string().min(1), '')).toBe('Wajib diisi.');
    expect(said(z.array(z.string()).min(1), [])).toBe('Isi sedikitnya satu.');
  });

  it('asks for figures, and names the bounds', () => {
    expect(said(z.int().min(1), '')).toBe('Wajib diisi.');
    expect(said(z.int(), 'dua')).toBe('Isi dengan angka.');
    expect(said(z.int().min(1).max(120), 0)).toBe('Paling kecil 1.');
    expect(said(z.int().min(1).max(120), 121)).toBe('Paling besar 120.');
  });

  it('speaks of letters, choices and forms', () => {
    expect(said(z.string().min(10), 'pendek')).toBe('Sedikitnya 10 huruf.');
    expect(said(z.string().max(3), 'panjang')).toBe('Paling panjang 3 huruf.');
    expect(said(z.enum(['F4', 'A4']), 'A5')).toBe('Pilih salah satu yang tersedia.');
    expect(said(z.string().regex(/^x/), 'y')).toBe('Bentuk isian ini belum benar.');
    expect(said(z.boolean(), 'ya')).toBe('Isian ini belum benar.');
  });

  it('leaves a sentence of the schema alone', () => {
    expect(said(z.string().min(1, 'Nama wajib diisi.'), '')).toBe('Nama wajib diisi.');
  });
});
