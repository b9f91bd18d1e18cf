import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CodeList } from '../shared/domain/code-list.ts';

/**
 * The editions of the code lists in `resources/`: of areas as `wilayah/editions.json` states them, a file each; of
 * others in their own file in `codes/`.
 */
export function loadCodeLists(resourcesDir: string): CodeList[] {
  const read = (...path: string[]): unknown => JSON.parse(readFileSync(join(resourcesDir, ...path), 'utf8'));
  const ofAreas = z.record(z.string(), CodeList).parse(read('wilayah', 'editions.json'));
  const files = readdirSync(join(resourcesDir, 'codes')).filter((name) => name.endsWith('.json'));
  return [...Object.values(ofAreas), ...files.toSorted().map((name) => CodeList.parse(read('codes', name)))];
}
