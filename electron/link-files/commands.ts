import { type CappedBlocks } from '../matching/bulk/block-index.ts';
import { clusterFile } from '../matching/bulk/cluster.ts';
import type { PairDecision } from '../matching/bulk/decided.ts';
import { DisjointSets } from '../matching/disjoint-sets.ts';
import { linkFiles, type LinkReport } from '../matching/bulk/link.ts';
import type { PersonTable, SharedWords } from '../matching/bulk/person-table.ts';
import { personsAtOnce } from '../matching/bulk/stages.ts';
import { Checkpoint } from './checkpoint.ts';
import { claimPlace } from './claim-place.ts';
import { type ColumnMap, columnsOf, readColumnMap } from './column-map.ts';
import type { Sample } from './file-values.ts';
import { openPersonFile, type PersonFile } from './person-file.ts';
import { tellProgress } from './progress.ts';
import { readDecisions } from './read-decisions.ts';
import { nothingUnread, readPersons, type SampledFile, sampleFile, wordsFor } from './read-persons.ts';
import { Refusal } from './refusal.ts';
import { refusePlace } from './result-place.ts';
import { taskOf, unchanging } from './task.ts';
import { linkRows } from './link-rows.ts';
import { writeResult } from './write-result.ts';

/** Files by their paths. */
export interface LinkOrder {
  kind: 'link';
  reference: string;
  cases: string;
  map: string;
  out: string;
  decisions: string | null;
}

export interface DedupeOrder {
  kind: 'dedupe';
  file: string;
  map: string;
  out: string;
  decisions: string | null;
}

/** Links the cases with the reference and writes the links; what was done is said on stderr. */
export async function link(order: LinkOrder): Promise<LinkReport> {
  const release = await claimPlace(order.out);
  return linkInPlace(order).finally(release);
}

async function linkInPlace(order: LinkOrder): Promise<LinkReport> {
  const inputs = [order.reference, order.cases, order.map, order.decisions];
  await refusePlace(order.out, inputs);
  const refuseChanged = await unchanging(inputs);
  const map = await readColumnMap(order.map);
  const files = [await openPersonFile(order.reference, map), await openPersonFile(order.cases, map)] as const;
  const absent = files[0].missing.filter((column) => files[1].missing.includes(column));
  refuseAbsent(absent, files[0]);
  for (const file of files) refuseWithoutSense(map, file);
  for (const file of files)
    if (file.missing.length > 0) console.error(`link: ${file.path} tanpa kolom ${file.missing.join(', ')}.`);
  const task = await taskOf(order.kind, inputs);
  const words = wordsFor(map);
  const [right, left] = [await sampleFile(files[0]), await sampleFile(files[1])];
  const references = await personsOf(files[0], map, words, right, left.sample);
  const cases = await personsOf(files[1], map, words, left, right.sample);
  const decisions = await decisionsOf(order.decisions, cases, references);
  await refuseChanged();
  const kept = checkpointFor(order.out, task, cases.size);
  const { links, report } = linkFiles(cases, references, {
    decisions,
    kept,
    onProgress: tellProgress(console.error),
  });
  await writeResult(order.out, ['case_id', 'reference_id', 'probability', 'decision', 'rank'], kept, () =>
    linkRows(cases.ids, references.ids, links),
  );
  console.error(
    `link: ${report.cases} orang dicari di antara ${report.references}; ${report.pairs} pasangan dibandingkan, parameter ${report.learning}.`,
  );
  console.error(
    `link: otomatis ${report.auto}, perlu dilihat ${report.review}, tidak ditemukan ${report.none}; perkiraan salah tautan ${report.expectedWrong.toFixed(2)}.`,
  );
  sayCapped(report.capped);
  return report;
}

/** Finds who stands in a file more than once and writes whose rows are one person. */
export async function dedupe(order: DedupeOrder): Promise<void> {
  const release = await claimPlace(order.out);
  await dedupeInPlace(order).finally(release);
}

async function dedupeInPlace(order: DedupeOrder): Promise<void> {
  const inputs = [order.file, order.map, order.decisions];
  await refusePlace(order.out, inputs);
  const refuseChanged = await unchanging(inputs);
  const map = await readColumnMap(order.map);
  const file = await openPersonFile(order.file, map);
  refuseAbsent(file.missing, file);
  refuseWithoutSense(map, file);
  const task = await taskOf(order.kind, inputs);
  const persons = await personsOf(file, map, wordsFor(map), await sampleFile(file));
  const decisions = await decisionsOf(order.decisions, persons, persons);
  await refuseChanged();
  refuseContradiction(decisions, persons.ids);
  const kept = checkpointFor(order.out, task, persons.size);
  const { clusters, report } = clusterFile(persons, {
    decisions,
    kept,
    onProgress: tellProgress(console.error),
  });
  await writeResult(order.out, ['id', 'cluster_id'], kept, () =>
    persons.ids.map((id, row) => [id, clusters[row] ?? row]),
  );
  console.error(
    `link: ${report.persons} baris, ${report.clusters} orang; ${report.pairs} pasangan dibandingkan, parameter ${report.learning}.`,
  );
  sayCapped(report.capped);
}

/** Of so many persons; that it goes on from an earlier run is said. */
function checkpointFor(out: string, task: string, persons: number): Checkpoint {
  const checkpoint = new Checkpoint(`${out}.lanjutan`, task, console.error);
  // The first piece is what was learnt.
  const done = Math.min(persons, (checkpoint.earlier - 1) * personsAtOnce);
  if (checkpoint.earlier > 0)
    console.error(
      `link: melanjutkan yang terhenti; ${done} dari ${persons} orang sudah dibandingkan sebelumnya.`,
    );
  return checkpoint;
}

/** The persons of a file; what of it could not be read is said. */
async function personsOf(
  file: PersonFile,
  map: ColumnMap,
  words: SharedWords,
  sampled: SampledFile,
  beside?: Sample,
): Promise<PersonTable> {
  const unread = { ...nothingUnread };
  const persons = await readPersons(sampled, map, words, unread, beside);
  const parts = [
    ...(unread.dob === 0 ? [] : [`${unread.dob} tanggal lahir`]),
    ...(unread.sex === 0 ? [] : [`${unread.sex} jenis kelamin`]),
  ];
  if (parts.length > 0)
    console.error(
      `link: ${file.path}: ${parts.join(' dan ')} dari ${persons.size} baris tidak terbaca dan dianggap tidak diketahui.`,
    );
  if (unread.damaged > 0)
    console.error(
      `link: ${file.path}: ${unread.damaged} NIK atau No KK dirusak lembar sebar (3.17101E+15) dan dianggap tidak diketahui; ekspor ulang kolomnya sebagai teks.`,
    );
  if (unread.short > 0)
    console.error(
      `link: ${file.path}: ${unread.short} baris lebih pendek daripada judulnya; kolom yang tidak ada dianggap kosong.`,
    );
  if (unread.century > 0)
    console.error(
      `link: ${file.path}: ${unread.century} tanggal lahir bertahun dua angka; abadnya diperkirakan, yang terakhir yang tidak di masa depan.`,
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

/** Of one file, A as B and B as C makes A and C one: nobody may have said that these two are not. */
function refuseContradiction(decisions: readonly PairDecision[], ids: readonly string[]): void {
  // Of one pair the later row stands.
  const last = new Map(
    decisions.map((said): [string, PairDecision] => [
      `${Math.min(said.left, said.right)} ${Math.max(said.left, said.right)}`,
      said,
    ]),
  );
  const groups = new DisjointSets<number>();
  for (const { left, right, same } of last.values()) if (same) groups.join(left, right);
  for (const { left, right, same } of last.values())
    if (!same && groups.find(left) === groups.find(right))
      throw new Refusal(
        `keputusan saling bertentangan: "${ids[left]}" dan "${ids[right]}" dinyatakan different, padahal lewat keputusan same keduanya satu orang. Perbaiki salah satunya.`,
      );
}

function refuseAbsent(columns: readonly string[], file: PersonFile): void {
  if (columns.length > 0)
    throw new Refusal(`berkas ${file.path} tidak mempunyai kolom "${columns.join('", "')}".`);
}

/** Of ids alone nobody is known again. */
function refuseWithoutSense(map: ColumnMap, { path, missing }: PersonFile): void {
  const known = columnsOf(map).filter((column) => column !== map.id && !missing.includes(column));
  if (known.length === 0)
    throw new Refusal(
      `berkas ${path} tidak mempunyai kolom lain dari petanya selain id; tidak ada yang dapat dibandingkan.`,
    );
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
