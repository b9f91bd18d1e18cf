import { parseArgs } from 'node:util';
import { type CappedBlocks } from '../matching/bulk/block-index.ts';
import { clusterFile } from '../matching/bulk/cluster.ts';
import { type LinkCandidate, linkFiles } from '../matching/bulk/link.ts';
import type { PairDecision } from '../matching/bulk/decided.ts';
import type { PersonTable, SharedWords } from '../matching/bulk/person-table.ts';
import { type ColumnMap, readColumnMap } from './column-map.ts';
import { openPersonFile, type PersonFile } from './person-file.ts';
import { readDecisions } from './read-decisions.ts';
import { readPersons, type Unread, wordsFor } from './read-persons.ts';
import { Refusal } from './refusal.ts';
import { writeCsvFile } from './write-csv.ts';

const help = `Memadankan orang dalam berkas CSV, tanpa jendela dan tanpa register. Penjelasan: docs/link-files.md

  npm run -s link -- --reference R.csv --cases C.csv --map M.json --out L.csv
  npm run -s link -- --dedupe F.csv --map M.json --out K.csv

  --reference R.csv  daftar acuan: di sini orang dicari
  --cases C.csv      orang yang dicari; paling banyak satu pasangan di acuan
  --dedupe F.csv     satu berkas: siapa tercatat lebih dari sekali
  --map M.json       kolom mana berisi apa; yang tidak ada boleh dilewatkan, id wajib:
                     {"id":"rec_id","name":["given_name","surname"],"sex":"sex","dob":"birth","nik":"nik",
                      "kk":"kk","address":["street"],"rt":"rt","rw":"rw","kelurahan":"kel","other":["postcode"]}
  --decisions D.csv  keputusan orang yang selalu dipegang, apa pun isi kolomnya: case_id,reference_id,decision
                     (decision: same, different; dengan --dedupe kedua id dari berkas yang sama)
  --out              hasil, CSV:
                     case_id,reference_id,probability,decision,rank   (decision: auto, review, none)
                     id,cluster_id                                    (dengan --dedupe)
  --help             bantuan ini

Ringkasan ditulis ke stderr. Selesai dengan 0; dengan 2 bila perintah atau berkasnya tidak dapat dipakai.`;

type Order =
  | { kind: 'link'; reference: string; cases: string; map: string; out: string; decisions: string | null }
  | { kind: 'dedupe'; file: string; map: string; out: string; decisions: string | null };

try {
  const order = readOrder(process.argv.slice(2));
  if (order === null) console.log(help);
  else if (order.kind === 'link') await link(order);
  else await dedupe(order);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(`link: ${error.message}`);
  process.exitCode = 2;
}

async function link(order: Extract<Order, { kind: 'link' }>): Promise<void> {
  const map = await readColumnMap(order.map);
  const files = [await openPersonFile(order.reference, map), await openPersonFile(order.cases, map)] as const;
  const absent = files[0].missing.filter((column) => files[1].missing.includes(column));
  refuseAbsent(absent, files[0]);
  for (const file of files)
    if (file.missing.length > 0) console.error(`link: ${file.path} tanpa kolom ${file.missing.join(', ')}.`);
  const words = wordsFor(map);
  const references = await personsOf(files[0], map, words);
  const cases = await personsOf(files[1], map, words);
  const decisions = await decisionsOf(order.decisions, cases, references);
  const { links, report } = linkFiles(cases, references, { decisions });
  await writeCsvFile(
    order.out,
    ['case_id', 'reference_id', 'probability', 'decision', 'rank'],
    linkRows(cases, references, links),
  );
  console.error(
    `link: ${report.cases} orang dicari di antara ${report.references}; ${report.pairs} pasangan dibandingkan, parameter ${report.learning}.`,
  );
  console.error(
    `link: otomatis ${report.auto}, perlu dilihat ${report.review}, tidak ditemukan ${report.none}; perkiraan salah tautan ${report.expectedWrong.toFixed(2)}.`,
  );
  sayCapped(report.capped);
}

function* linkRows(
  cases: PersonTable,
  references: PersonTable,
  links: readonly LinkCandidate[][],
): Iterable<(string | number)[]> {
  for (const [row, candidates] of links.entries()) {
    const id = cases.ids[row] ?? '';
    if (candidates.length === 0) yield [id, '', 0, 'none', 1];
    for (const [index, { reference, probability, decision }] of candidates.entries())
      yield [id, references.ids[reference] ?? '', probability.toFixed(6), decision, index + 1];
  }
}

async function dedupe(order: Extract<Order, { kind: 'dedupe' }>): Promise<void> {
  const map: ColumnMap = await readColumnMap(order.map);
  const file = await openPersonFile(order.file, map);
  refuseAbsent(file.missing, file);
  const persons = await personsOf(file, map, wordsFor(map));
  const decisions = await decisionsOf(order.decisions, persons, persons);
  const { clusters, report } = clusterFile(persons, { decisions });
  await writeCsvFile(
    order.out,
    ['id', 'cluster_id'],
    persons.ids.map((id, row) => [id, clusters[row] ?? row]),
  );
  console.error(
    `link: ${report.persons} baris, ${report.clusters} orang; ${report.pairs} pasangan dibandingkan, parameter ${report.learning}.`,
  );
  sayCapped(report.capped);
}

/** The persons of a file; what of it could not be read is said. */
async function personsOf(file: PersonFile, map: ColumnMap, words: SharedWords): Promise<PersonTable> {
  const unread: Unread = { sex: 0, dob: 0 };
  const persons = await readPersons(file, map, words, unread);
  const parts = [
    ...(unread.dob === 0 ? [] : [`${unread.dob} tanggal lahir`]),
    ...(unread.sex === 0 ? [] : [`${unread.sex} jenis kelamin`]),
  ];
  if (parts.length > 0)
    console.error(
      `link: ${file.path}: ${parts.join(' dan ')} dari ${persons.size} baris tidak terbaca dan dianggap tidak diketahui.`,
    );
  return persons;
}

async function decisionsOf(
  path: string | null,
  cases: PersonTable,
  references: PersonTable,
): Promise<PairDecision[]> {
  if (path === null) return [];
  const { pairs, unknown } = await readDecisions(path, cases.ids, references.ids);
  const rest = unknown === 0 ? '' : `; ${unknown} menyebut id yang tidak ada di berkas dan dilewati`;
  console.error(`link: ${pairs.length} keputusan dipegang${rest}.`);
  return pairs;
}

function refuseAbsent(columns: readonly string[], file: PersonFile): void {
  if (columns.length > 0)
    throw new Refusal(`berkas ${file.path} tidak mempunyai kolom "${columns.join('", "')}".`);
}

/** Nothing is dropped in silence. */
function sayCapped(capped: readonly CappedBlocks[]): void {
  for (const { rule, blocks, largest, uncovered } of capped) {
    const rest =
      uncovered === 0
        ? 'semuanya terbaca lewat kunci yang lebih halus'
        : `${uncovered} di antaranya tidak terbaca seluruhnya`;
    console.error(
      `link: kunci "${rule}": ${blocks} blok terlalu besar (terbesar ${largest} orang), ${rest}.`,
    );
  }
}

/** Null where help was asked for. */
function readOrder(args: string[]): Order | null {
  const values = readFlags(args);
  if (values.help) return null;
  const { reference, cases, dedupe, map, out, decisions = null } = values;
  if (map === undefined) throw new Refusal('peta kolom belum disebut (--map M.json). Lihat --help.');
  if (out === undefined) throw new Refusal('berkas hasil belum disebut (--out). Lihat --help.');
  if (dedupe !== undefined) {
    if (reference !== undefined || cases !== undefined)
      throw new Refusal('--dedupe tidak dipakai bersama --reference atau --cases. Lihat --help.');
    return { kind: 'dedupe', file: dedupe, map, out, decisions };
  }
  if (reference === undefined || cases === undefined)
    throw new Refusal('sebut --reference dan --cases, atau --dedupe. Lihat --help.');
  return { kind: 'link', reference, cases, map, out, decisions };
}

function readFlags(args: string[]): {
  help?: boolean;
  reference?: string;
  cases?: string;
  dedupe?: string;
  map?: string;
  out?: string;
  decisions?: string;
} {
  try {
    return parseArgs({
      args,
      options: {
        help: { type: 'boolean', short: 'h' },
        reference: { type: 'string' },
        cases: { type: 'string' },
        dedupe: { type: 'string' },
        map: { type: 'string' },
        out: { type: 'string' },
        decisions: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new Refusal(
      `${error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error)}. Lihat --help.`,
    );
  }
}
