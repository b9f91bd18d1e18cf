import { Hono } from 'hono';
import type { Pool } from 'pg';
import { z } from 'zod';
import { AreaCode, FamilySearch } from '../../shared/provincial/read.ts';
import { inTransaction, type Tx } from './database.ts';
import { parse, parseQuery } from './parse-request.ts';
import { readBody } from './read-body.ts';
import { readFamily, readRecap, searchFamilies } from './read-families.ts';
import { authenticateReader, holdToken, type Reader } from './read-tokens.ts';
import { senders } from './receivers.ts';
import { Refusal } from './refusal.ts';
import type { Visited } from './visit.ts';

/** What websites of the province read, under `/v1/read`. */
export function readRoutes({ pool, now }: { pool: Pool; now: () => Date }): Hono<Visited> {
  const routes = new Hono<Visited>();

  routes.get('/recap', async (c) => {
    const reader = await authenticateReader(pool, c.req.header('authorization'), now());
    const { area } = parseQuery(z.object({ area: AreaCode }), c.req.query());
    return c.json(
      await noted({ pool, reader, now: now(), what: 'rekap', criteria: { area } }, async (tx) => {
        const answer = await readRecap(tx, reader, area, now());
        return { answer, rows: answer.lines.length, caseIds: [] };
      }),
    );
  });

  routes.post('/families', async (c) => {
    const reader = await authenticateReader(pool, c.req.header('authorization'), now());
    const { json } = await readBody(c.get('visit'), c.req.raw, senders.reader(reader.tokenId));
    const search = parse(FamilySearch, json);
    return c.json(
      await noted({ pool, reader, now: now(), what: 'cari_keluarga', criteria: search }, async (tx) => {
        const answer = await searchFamilies(tx, reader, search);
        const caseIds = answer.families.map(({ caseId }) => caseId);
        return { answer, rows: caseIds.length, caseIds };
      }),
    );
  });

  routes.get('/families/:caseId', async (c) => {
    const reader = await authenticateReader(pool, c.req.header('authorization'), now());
    const { data: caseId } = z.uuid().safeParse(c.req.param('caseId'));
    if (caseId === undefined) throw new Refusal('family_unknown');
    return c.json(
      await noted({ pool, reader, now: now(), what: 'lihat_keluarga', criteria: { caseId } }, async (tx) => ({
        answer: await readFamily(tx, reader, caseId),
        rows: 1,
        caseIds: [caseId],
      })),
    );
  });

  return routes;
}

interface Access {
  pool: Pool;
  reader: Reader;
  now: Date;
  what: 'rekap' | 'cari_keluarga' | 'lihat_keluarga';
  criteria: Record<string, unknown>;
}

interface Read<Answer> {
  answer: Answer;
  rows: number;
  caseIds: string[];
}

/** Nothing is answered that was not noted first, in the same transaction; a refusal is noted, too. */
async function noted<Answer>(access: Access, read: (tx: Tx) => Promise<Read<Answer>>): Promise<Answer> {
  try {
    return await inTransaction(access.pool, async (tx) => {
      await holdToken(tx, access.reader, access.now);
      const { answer, rows, caseIds } = await read(tx);
      await note(tx, access, { rows, caseIds, refused: null });
      return answer;
    });
  } catch (cause) {
    if (cause instanceof Refusal)
      await note(access.pool, access, { rows: 0, caseIds: [], refused: cause.code });
    throw cause;
  }
}

async function note(
  tx: Tx,
  { reader, now, what, criteria }: Access,
  { rows, caseIds, refused }: { rows: number; caseIds: string[]; refused: string | null },
): Promise<void> {
  await tx.query(
    `INSERT INTO read_access (at, token_id, what, criteria, rows, case_ids, refused) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [now, reader.tokenId, what, criteria, rows, caseIds, refused],
  );
}
