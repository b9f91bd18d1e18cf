import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { caseFlow } from '../../shared/domain/case-flow.ts';
import { caseActionLabel, caseStateLabel } from '../../shared/domain/case-words.ts';
import { roleLabel } from '../../shared/domain/role.ts';
import { describeError, errorCatalogue, isErrorCode } from '../../shared/errors.ts';

const pages = [...globSync('docs/**/*.md'), 'README.md', 'ARCHITECTURE.md'];
const sources = [...globSync('{electron,renderer,shared}/**/*.{ts,tsx}')].filter(
  (file) => !file.includes('.test.') && file !== join('shared', 'errors.ts'),
);

describe('the documents', () => {
  it('have no dead link', () => {
    const dead: string[] = [];
    for (const page of pages) {
      for (const [, target = ''] of readFileSync(page, 'utf8').matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
        if (!/^[a-z]+:/.test(target) && !existsSync(join(dirname(page), target)))
          dead.push(`${page}: ${target}`);
      }
    }
    expect(dead).toEqual([]);
  });

  it('number the decisions from 1, each number once, in the name and in the title', () => {
    const decisions = globSync('docs/adr/*.md').toSorted();
    expect(decisions.map((file) => Number(basename(file).slice(0, 4)))).toEqual(
      decisions.map((_, index) => index + 1),
    );
    for (const [index, file] of decisions.entries())
      expect(readFileSync(file, 'utf8'), file).toMatch(new RegExp(`^# ${index + 1}\\. `));
  });

  it('draw the way of a case as the table of edges has it', () => {
    expectFresh('docs/panduan/alur-berkas.md', flowPage());
  });

  it('list every message with its next step', () => {
    expectFresh('docs/panduan/pesan.md', messagesPage());
  });
});

describe('the error catalogue', () => {
  it('holds no code that nothing uses', () => {
    const text = sources.map((file) => readFileSync(file, 'utf8')).join('\n');
    const unused = Object.keys(errorCatalogue).filter((code) => !text.includes(`'${code}'`));
    expect(unused).toEqual([]);
  });

  it('gives every code a sentence and a next step, both ending with a full stop', () => {
    const odd = Object.entries(errorCatalogue).filter(
      ([, [, sentence, next]]) => !/[.}]$/.test(sentence) || !next.endsWith('.'),
    );
    expect(odd.map(([code]) => code)).toEqual([]);
  });
});

/** Compares a page with what the program says; `UPDATE_DOCS=1 npm run test:unit` writes it anew. */
function expectFresh(page: string, content: string): void {
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(page, content);
  expect(readFileSync(page, 'utf8')).toBe(content);
}

function flowPage(): string {
  const arrows = caseFlow.map((edge) => `  ${edge.from} --> ${edge.to}: ${caseActionLabel[edge.action]}`);
  const rows = caseFlow.map((edge) => {
    const who = edge.by.map((role) => (role === 'sistem' ? 'sistem' : roleLabel[role])).join(', ');
    const notes = [edge.reason ? 'alasan wajib' : '', edge.notByEnterer ? 'bukan yang memasukkan data' : '']
      .filter(Boolean)
      .join('; ');
    return `| ${caseStateLabel[edge.from]} | ${caseActionLabel[edge.action]} | ${caseStateLabel[edge.to]} | ${who} | ${notes} |`;
  });
  return [
    '# Alur berkas',
    '',
    'Halaman ini dibuat dari tabel yang dipakai program sendiri; setiap langkah dicatat dengan siapa, kapan, dan mengapa.',
    '',
    '```mermaid',
    'stateDiagram-v2',
    ...arrows,
    '```',
    '',
    '| Dari | Langkah | Menjadi | Siapa | Catatan |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function messagesPage(): string {
  const rows = Object.keys(errorCatalogue)
    .filter(isErrorCode)
    .map((code) => {
      const { message, next } = describeError(code);
      return `| ${message} | ${next} | \`${code}\` |`;
    });
  return [
    '# Pesan dan artinya',
    '',
    'Setiap pesan mengatakan apa yang terjadi dan apa yang dapat Anda lakukan. Tanda … diisi program. **Salin keterangan** di samping pesan menyalin kode, rujukan, dan versi program untuk yang membantu; tidak ada data orang di dalamnya.',
    '',
    '| Pesan | Yang dapat dilakukan | Kode |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
