import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { expect, it } from 'vitest';
import { CodeList } from '../shared/domain/code-list.ts';
import { loadCodeLists } from './code-lists.ts';

const resources = join(import.meta.dirname, '../resources');
const textOf = (...path: string[]) => readFileSync(join(resources, ...path), 'utf8').replaceAll('\r\n', '\n');

it('every file of codes states its edition', () => {
  const editions = z.record(z.string(), CodeList).parse(JSON.parse(textOf('wilayah', 'editions.json')));
  const files = readdirSync(join(resources, 'wilayah')).filter((name) => name.endsWith('.csv'));
  expect(Object.keys(editions).toSorted()).toEqual(files.toSorted());
  const ids = loadCodeLists(resources).map(({ id }) => id);
  expect(ids).toEqual(['wilayah-kemendagri', 'wilayah-bps', 'wilayah-ejaan', 'kode-pos', 'ppks']);
});

/** By which a list says that it was read: other codes under the same edition would be taken for these. */
it.each([
  ['wilayah/wilayah.csv', 'wilayah-kemendagri', '2025', '2097ff2682b10f90'],
  ['wilayah/bps-kabkota.csv', 'wilayah-bps', '1', '8382d4c1b2b976fd'],
  ['wilayah/alias.csv', 'wilayah-ejaan', '1', '8296782fefcbea4c'],
  ['wilayah/kodepos.csv', 'kode-pos', '2023', '5b7e74162ac0c86c'],
])('%s is what its edition says', (file, id, version, hash) => {
  expect(loadCodeLists(resources).find((list) => list.id === id)?.version).toBe(version);
  expect(createHash('sha256').update(textOf(file)).digest('hex').slice(0, 16)).toBe(hash);
});

it('the kinds of PPKS are what their edition says', () => {
  const { version, kinds } = z
    .object({ version: z.string(), kinds: z.unknown() })
    .parse(JSON.parse(textOf('codes', 'ppks.json')));
  expect(version).toBe('1');
  expect(createHash('sha256').update(JSON.stringify(kinds)).digest('hex').slice(0, 16)).toBe(
    'b63c2d7e5139702a',
  );
});
