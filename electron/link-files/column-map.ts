import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Refusal } from './refusal.ts';

const Columns = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
  .transform((value) => (typeof value === 'string' ? [value] : value));

/** Which columns of a file hold what. Several columns of one thing are read one after the other. */
export const ColumnMap = z.strictObject({
  id: z.string().min(1),
  name: Columns.optional(),
  sex: Columns.optional(),
  dob: Columns.optional(),
  nik: Columns.optional(),
  kk: Columns.optional(),
  address: Columns.optional(),
  rt: Columns.optional(),
  rw: Columns.optional(),
  kelurahan: Columns.optional(),
  other: Columns.optional(),
});
export type ColumnMap = z.infer<typeof ColumnMap>;

/** @throws Refusal where it is no map, naming what is wrong. */
export async function readColumnMap(path: string): Promise<ColumnMap> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Refusal(`peta kolom ${path} tidak dapat dibuka.`);
  });
  const parsed = ColumnMap.safeParse(parseJson(text.replace(/^\ufeff/, ''), path));
  if (parsed.success) {
    refuseTwice(parsed.data, path);
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys')
    throw new Refusal(
      `peta kolom ${path}: "${issue.keys.join(', ')}" tidak dikenal; yang ada: ${Object.keys(ColumnMap.shape).join(', ')}.`,
    );
  const where = issue?.path.join('.') ?? '';
  throw new Refusal(
    where === 'id'
      ? `peta kolom ${path}: "id" harus menyebut satu kolom.`
      : `peta kolom ${path}: isi ${where === '' ? 'berkasnya' : `"${where}"`} harus nama kolom atau daftar nama kolom.`,
  );
}

/** What is compared twice would count twice; RT and RW alone may stand in one column. */
function refuseTwice(map: ColumnMap, path: string): void {
  const { id: _, rt: __, ...others } = map;
  const columns = Object.values(others).flat();
  const twice = [...columns, ...(map.rt ?? []).filter((column) => !map.rw?.includes(column))].find(
    (column, at, all) => all.indexOf(column) !== at,
  );
  if (twice !== undefined)
    throw new Refusal(`peta kolom ${path}: kolom "${twice}" disebut lebih dari sekali; sebut sekali saja.`);
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(`peta kolom ${path} bukan JSON yang utuh.`);
  }
}

/** Every column that the map names. */
export function columnsOf(map: ColumnMap): string[] {
  return Object.values(map).flat();
}
