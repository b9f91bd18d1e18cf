import { posix } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { ByteSource } from './source.ts';
import { readZipEntry, type ZipEntry } from './zip-directory.ts';

/** A sheet as the workbook names it, and the part of the archive that holds its rows. */
export interface WorkbookSheet {
  name: string;
  hidden: boolean;
  entry: ZipEntry;
}

export interface WorkbookParts {
  /** Whether its days are counted as the first Macintosh did; ExcelJS reads `1`, but not `true`. */
  from1904: boolean;
  /** Null where every text stands in its cell. */
  strings: ZipEntry | null;
  /** In the order of the tabs; charts left out. */
  sheets: WorkbookSheet[];
}

/** The parts that name others are short; what is longer is none that a program wrote. */
const longestPart = 20_000_000;

/**
 * What a workbook is made of, as it says itself (ECMA-376, part 1, 18.2 and part 2, 9.3): programs number the
 * parts of its sheets as they please, and not in the order of the tabs.
 *
 * @throws AppError `import_not_workbook`, `import_zip_bomb`.
 */
export async function readWorkbookParts(
  source: ByteSource,
  entries: readonly ZipEntry[],
): Promise<WorkbookParts> {
  // Names of parts are compared without case.
  const parts = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]));
  const textOf = async (name: string): Promise<string | null> => {
    const entry = parts.get(name.toLowerCase());
    return entry === undefined ? null : readText(source, entry);
  };
  const relationsOf = async (name: string): Promise<Relation[]> => {
    const { dir, base } = posix.parse(name);
    return relationsIn((await textOf(posix.join(dir, '_rels', `${base}.rels`))) ?? '', dir);
  };
  const book = (await relationsOf('')).find(({ kind }) => kind === 'officeDocument')?.part;
  const name = book ?? 'xl/workbook.xml';
  const text = await textOf(name);
  if (text === null) throw new AppError('import_not_workbook');
  const relations = await relationsOf(name);
  const strings = relations.find(({ kind }) => kind === 'sharedStrings');
  const sheets = tagsIn(text, 'sheet').flatMap((sheet): WorkbookSheet[] => {
    const relation = relations.find(({ id, kind }) => kind === 'worksheet' && id === sheet['id']);
    const entry = parts.get(relation?.part.toLowerCase() ?? '');
    if (entry === undefined) return [];
    return [{ name: sheet['name'] ?? '', hidden: /hidden$/i.test(sheet['state'] ?? ''), entry }];
  });
  if (sheets.length === 0) throw new AppError('import_not_workbook');
  return {
    from1904: tagsIn(text, 'workbookPr').some(({ date1904 = '' }) => /^(1|true)$/.test(date1904)),
    strings: parts.get(strings?.part.toLowerCase() ?? '') ?? null,
    sheets,
  };
}

interface Relation {
  id: string;
  /** Last part of its type: `worksheet`, `sharedStrings`. */
  kind: string;
  /** Name of the part in the archive. */
  part: string;
}

function relationsIn(text: string, dir: string): Relation[] {
  return tagsIn(text, 'Relationship').map(({ Id: id = '', Type: type = '', Target: target = '' }) => ({
    id,
    kind: posix.basename(type),
    part: posix.join('/', target.startsWith('/') ? '' : dir, target).slice(1),
  }));
}

async function readText(source: ByteSource, entry: ZipEntry): Promise<string> {
  if (entry.size > longestPart)
    throw new AppError('import_zip_bomb', { size: `${Math.ceil(entry.size / 1_000_000)} MB` });
  const pieces: Uint8Array[] = [];
  for await (const piece of readZipEntry(source, entry)) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

/** The attributes of each element of this name, without their prefixes. */
function tagsIn(text: string, name: string): Record<string, string>[] {
  const tag = new RegExp(
    `<(?:[\\w.-]+:)?${name}((?:\\s+[\\w:.-]+\\s*=\\s*(?:"[^"]*"|'[^']*'))*)\\s*/?>`,
    'g',
  );
  const attribute = /(?:[\w.-]+:)?([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
  return [...text.matchAll(tag)].map(([, attributes = '']) =>
    Object.fromEntries(
      [...attributes.matchAll(attribute)].map(([, key = '', double, single]) => [
        key,
        decoded(double ?? single ?? ''),
      ]),
    ),
  );
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return entities[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
