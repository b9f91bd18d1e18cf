import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { z } from 'zod';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import { Settings } from '../../../shared/contract/settings.ts';
import { Instrument } from '../../../shared/domain/instrument.ts';
import {
  downBodies,
  type DownKind,
  downLimits,
  PenetapanBody,
  ProgramRule,
  ScoreModel,
  RankBody,
  RecipientsBody,
  SettingBody,
} from '../../../shared/provincial/down.ts';
import { liesIn } from '../../../shared/domain/wilayah.ts';
import { AreaCode } from '../../../shared/provincial/read.ts';
import { inTransaction, type Tx } from '../database.ts';
import { issue } from '../down.ts';
import { noteAction, type Operator } from './operators.ts';
import { bytesOf, cutLists } from './partition.ts';

/**
 * What operators issue to the offices: prepared from what they typed or uploaded, looked at once
 * more, and then issued whole in one transaction, each item once however often it is asked for.
 */

/** What can be issued by hand; `case.changed` comes of changing a case. */
export const PublishKind = z.enum([
  'decision.penetapan',
  'decision.rank',
  'decision.recipients',
  'record.rejected',
  'setting.published',
  'reference.list',
] satisfies DownKind[]);
export type PublishKind = z.infer<typeof PublishKind>;

const Item = z.object({
  id: z.uuid(),
  to: z.union([z.object({ officeId: z.uuid() }), z.object({ area: AreaCode })]),
  body: z.record(z.string(), z.unknown()),
});
type Item = z.infer<typeof Item>;

export interface Publication {
  id: string;
  kind: PublishKind;
  items: Item[];
  preparedAt: Date;
  issuedAt: Date | null;
}

/** Either what is ready to be issued, or why it cannot be, a sentence a mistake. */
export type Prepared = { items: Item[] } | { mistakes: string[] };

/**
 * One body or a list of them. What is said of families goes to the office of each, and to no other of the area; all
 * else to every office of it.
 */
export async function prepareBodies(
  pool: Pool,
  kind: PublishKind,
  area: string,
  text: string,
): Promise<Prepared> {
  const { data: code } = AreaCode.safeParse(area);
  if (code === undefined) return { mistakes: ['Pilih wilayah yang dituju.'] };
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return { mistakes: ['Berkas itu bukan JSON yang utuh.'] };
  }
  const bodies = Array.isArray(given) ? given : [given];
  if (bodies.length === 0) return { mistakes: ['Berkas itu tidak berisi apa pun.'] };
  const mistakes = bodies.flatMap((body, index) => {
    const wrong = mistakeIn(kind, body);
    return wrong === null ? [] : [`Butir ${index + 1}: ${wrong}`];
  });
  if (mistakes.length > 0) return { mistakes };
  const split = await addressed(pool, kind, code, bodies);
  if ('mistakes' in split) return split;
  const tooLong = split.items.filter(({ body }) => bytesOf(body) > downLimits.item);
  if (tooLong.length > 0) return { mistakes: tooLong.map(({ body }) => lengthMistake(kind, body)) };
  return split;
}

/** Each body, or what of it is an office's, with whom it goes to. */
async function addressed(
  pool: Pool,
  kind: PublishKind,
  area: string,
  bodies: readonly unknown[],
): Promise<Prepared> {
  const toArea = (body: unknown): Item => Item.parse({ id: randomUUID(), to: { area }, body });
  if (kind === 'setting.published') return { items: bodies.map(toArea) };
  if (kind === 'reference.list') return { items: cutLists(bodies).map(toArea) };
  const told = kind === 'decision.rank' ? withOf(bodies) : bodies;
  const families = told.map((body) => familiesIn(kind, body));
  const known = await findCases(
    pool,
    families.flatMap(({ caseIds }) => caseIds),
  );
  const mistakes = families.flatMap(({ caseIds }, index) =>
    caseIds
      .filter((caseId) => !liesIn(known.get(caseId)?.kelurahan ?? '', area))
      .map((caseId) => `Butir ${index + 1}: keluarga ${caseId} tidak ada di wilayah yang dituju.`),
  );
  if (mistakes.length > 0) return { mistakes };
  const items = families.flatMap(({ caseIds, bodyOf }) =>
    [...Map.groupBy(caseIds, (caseId) => known.get(caseId)?.officeId)].map(([officeId, own]) =>
      Item.parse({ id: randomUUID(), to: { officeId }, body: bodyOf(new Set(own)) }),
    ),
  );
  return { items };
}

interface Families {
  caseIds: string[];
  /** The body as it goes to the office of these. */
  bodyOf(own: ReadonlySet<string>): unknown;
}

function familiesIn(
  kind: Exclude<PublishKind, 'setting.published' | 'reference.list'>,
  given: unknown,
): Families {
  switch (kind) {
    case 'decision.rank': {
      const body = RankBody.parse(given);
      return {
        caseIds: body.ranks.map(({ caseId }) => caseId),
        bodyOf: (own) => ({ ...body, ranks: body.ranks.filter(({ caseId }) => own.has(caseId)) }),
      };
    }
    case 'decision.recipients': {
      const body = RecipientsBody.parse(given);
      return {
        caseIds: body.recipients.map(({ caseId }) => caseId),
        bodyOf: (own) => ({ ...body, recipients: body.recipients.filter(({ caseId }) => own.has(caseId)) }),
      };
    }
    case 'decision.penetapan':
    case 'record.rejected': {
      const body = downBodies[kind].parse(given);
      return { caseIds: [body.caseId], bodyOf: () => body };
    }
    default:
      return assertNever(kind);
  }
}

/**
 * A rank is one among all that were ranked, of whom an office gets its own. Where a file does not say of how many, it
 * is of those that its lists of the same model and period rank together, unless a rank beyond them says that more are elsewhere.
 */
function withOf(bodies: readonly unknown[]): unknown[] {
  const lists = bodies.map((body) => RankBody.parse(body));
  const together = Map.groupBy(lists, ({ periodId, model }) => `${periodId} ${model}`);
  return lists.map((list) => {
    const parts = together.get(`${list.periodId} ${list.model}`) ?? [];
    const ranks = parts.flatMap((part) => part.ranks);
    const count = new Set(ranks.map(({ caseId }) => caseId)).size;
    const isWhole = ranks.every(({ rank }) => rank <= count);
    const told = list.of ?? parts.find(({ of }) => of !== undefined)?.of;
    return { ...list, of: told ?? (isWhole ? count : undefined) };
  });
}

/** What keeps the line of an office from anything else for minutes is not issued. */
function lengthMistake(kind: PublishKind, body: unknown): string {
  const [megabytes, most] = [bytesOf(body), downLimits.item].map((bytes) =>
    (bytes / 1024 / 1024).toLocaleString('id-ID', { maximumFractionDigits: 1 }),
  );
  const howMany =
    kind === 'decision.rank'
      ? ' Tulis di setiap bagian berapa keluarga yang diperingkat seluruhnya (of).'
      : '';
  return `Satu butir berisi ${megabytes} MB, paling banyak ${most} MB. Bagi isinya, misalnya per kelurahan, lalu terbitkan satu per satu.${howMany}`;
}

function mistakeIn(kind: PublishKind, body: unknown): string | null {
  const read = downBodies[kind].safeParse(body);
  if (!read.success) return fieldMistake(read.error);
  if (kind !== 'setting.published') return null;
  const { setting, content } = SettingBody.parse(body);
  const inner =
    setting === 'kalender'
      ? Settings.pick({ periodMonths: true, calendar: true }).partial().strict().safeParse(content)
      : setting === 'instrumen'
        ? Instrument.safeParse(content)
        : setting === 'aturan_program'
          ? ProgramRule.safeParse(content)
          : ScoreModel.safeParse(content);
  return inner.success ? null : fieldMistake(inner.error, 'content.');
}

function fieldMistake({ issues }: z.ZodError, prefix = ''): string {
  const [first] = issues;
  return `isian ${prefix}${first?.path.join('.') ?? ''} tidak sesuai skema.`;
}

export const PenetapanForm = PenetapanBody.pick({ periodId: true, decree: true, decidedOn: true }).extend({
  /** Lines `nomor;ditetapkan;catatan`, as copied from a worksheet or typed. */
  lines: z.string(),
});

/** One decision a line, each for the office of its case. */
export async function preparePenetapan(
  pool: Pool,
  { periodId, decree, decidedOn, lines }: z.infer<typeof PenetapanForm>,
): Promise<Prepared> {
  const rows = lines
    .split(/\r?\n/)
    .map((line, index) => ({ nth: index + 1, cells: line.split(/[;\t]/).map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (rows.length === 0) return { mistakes: ['Tulis paling sedikit satu baris.'] };
  const known = await findCases(
    pool,
    rows.map(({ cells }) => cells[0] ?? ''),
  );
  const mistakes: string[] = [];
  const items: Item[] = [];
  const seen = new Set<string>();
  for (const {
    nth,
    cells: [number = '', outcome = '', note = ''],
  } of rows) {
    const found = known.get(number) ?? known.get(number.toLowerCase());
    const read = PenetapanBody.shape.outcome.safeParse(outcome.toLowerCase().replaceAll(' ', '_'));
    if (found === undefined)
      mistakes.push(`Baris ${nth}: nomor ${number || 'kosong'} tidak ada di provinsi.`);
    else if (!read.success) mistakes.push(`Baris ${nth}: tulis ditetapkan atau tidak ditetapkan.`);
    else if (seen.has(found.caseId)) mistakes.push(`Baris ${nth}: nomor ${number} sudah ada di atasnya.`);
    else {
      seen.add(found.caseId);
      const body = {
        caseId: found.caseId,
        periodId,
        outcome: read.data,
        decree,
        decidedOn,
        note: note === '' ? null : note,
      };
      items.push({ id: randomUUID(), to: { officeId: found.officeId }, body });
    }
  }
  return mistakes.length > 0 ? { mistakes } : { items };
}

/** By the province's number, or the case's id. */
async function findCases(
  pool: Pool,
  numbers: readonly string[],
): Promise<Map<string, { caseId: string; officeId: string; kelurahan: string }>> {
  const { rows } = await pool.query<{
    case_id: string;
    province_number: string | null;
    office_id: string;
    kelurahan: string;
  }>(
    `SELECT case_id, province_number, office_id, kelurahan FROM province_case
     WHERE retracted_at IS NULL AND (province_number = ANY ($1) OR case_id = ANY ($2::uuid[]))`,
    [numbers, numbers.filter((number) => z.uuid().safeParse(number).success)],
  );
  return new Map(
    rows.flatMap((row) => {
      const found = { caseId: row.case_id, officeId: row.office_id, kelurahan: row.kelurahan };
      return row.province_number === null
        ? [[row.case_id, found]]
        : [
            [row.case_id, found],
            [row.province_number, found],
          ];
    }),
  );
}

export async function keepPublication(
  pool: Pool,
  operator: Operator,
  kind: PublishKind,
  items: readonly Item[],
  now: Date,
): Promise<string> {
  const id = randomUUID();
  await inTransaction(pool, async (tx) => {
    await tx.query(
      'INSERT INTO publication (id, operator_id, kind, items, prepared_at) VALUES ($1, $2, $3, $4, $5)',
      [id, operator.id, kind, JSON.stringify(items), now],
    );
    await noteAction(tx, operator, 'terbitan_disiapkan', { id, jenis: kind, butir: items.length }, now);
  });
  return id;
}

interface PublicationRow {
  id: string;
  kind: string;
  items: unknown;
  prepared_at: Date;
  issued_at: Date | null;
}

export async function findPublication(tx: Tx, id: string, lock = false): Promise<Publication | null> {
  const { rows } = await tx.query<PublicationRow>(
    `SELECT id, kind, items, prepared_at, issued_at FROM publication WHERE id = $1 ${lock ? 'FOR UPDATE' : ''}`,
    [id],
  );
  const row = rows[0];
  return row === undefined
    ? null
    : {
        id: row.id,
        kind: PublishKind.parse(row.kind),
        items: z.array(Item).parse(row.items),
        preparedAt: row.prepared_at,
        issuedAt: row.issued_at,
      };
}

export interface PublicationLine {
  id: string;
  kind: string;
  count: number;
  who: string;
  preparedAt: Date;
  issuedAt: Date | null;
}

export async function listPublications(pool: Pool): Promise<PublicationLine[]> {
  const { rows } = await pool.query<PublicationLine>(
    `SELECT publication.id, kind, jsonb_array_length(items) AS count, operator.name AS who, prepared_at AS "preparedAt", issued_at AS "issuedAt"
     FROM publication JOIN operator ON operator.id = operator_id ORDER BY prepared_at DESC LIMIT 50`,
  );
  return rows;
}

/** Issues what was prepared. @returns how many items went out now; 0 where they had already. */
export async function issuePublication(
  pool: Pool,
  operator: Operator,
  id: string,
  now: Date,
): Promise<number> {
  return await inTransaction(pool, async (tx) => {
    const publication = await findPublication(tx, id, true);
    if (publication === null || publication.issuedAt !== null) return 0;
    for (const item of publication.items) await issue(tx, { ...item, kind: publication.kind, issuedAt: now });
    await tx.query('UPDATE publication SET issued_at = $2 WHERE id = $1', [id, now]);
    await noteAction(
      tx,
      operator,
      'terbitan_diterbitkan',
      { id, jenis: publication.kind, butir: publication.items.length },
      now,
    );
    return publication.items.length;
  });
}
