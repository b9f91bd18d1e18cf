import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLog } from '../../electron/log.ts';
import { createOffice, type Office } from '../../electron/office.ts';
import { CaseState } from '../../shared/domain/case-flow.ts';
import { cheap, type Client, createClient, TestClock } from './office.ts';

let dataDir: string;
let office: Office;
let lurah: Client;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'mutakhir-latihan-'));
  office = await createOffice({
    dataDir,
    resourcesDir: 'resources',
    clock: new TestClock(),
    log: createLog('silent'),
    programVersion: '0.0.0',
    argon2: cheap,
    training: true,
  });
  const anonymous = createClient((request) => office.fetch(request), null);
  const status = await anonymous.session.status.query();
  const account = status.trainingAccounts?.find(({ role }) => role === 'lurah');
  const { token } = await anonymous.session.login.mutate({
    username: account?.username ?? '',
    password: account?.password ?? '',
  });
  lurah = createClient((request) => office.fetch(request), token);
});
afterAll(async () => {
  await office.close();
  rmSync(dataDir, { recursive: true, force: true });
});

it('holds families in every state of the way, each with its history', async () => {
  const { byState, drafts } = await lurah.cases.counts.query();
  expect(CaseState.options.filter((state) => state !== 'DRAF' && byState[state] === undefined)).toEqual([]);
  expect(drafts).toBe(2);
  const { rows } = await lurah.cases.list.query({ filter: { states: ['DITERIMA'] }, offset: 0, limit: 1 });
  const { history } = await lurah.cases.get.query({ caseId: rows[0]?.id ?? '' });
  expect(history.map(({ toState }) => toState).filter(Boolean)).toEqual(
    expect.arrayContaining([
      'TERDAFTAR',
      'TERIDENTIFIKASI',
      'DAFTAR_SASARAN',
      'MUSKEL_LAYAK',
      'DITUGASKAN',
      'DICACAH',
      'DIPERIKSA',
      'DISAHKAN',
      'TERKIRIM',
      'DITERIMA',
    ]),
  );
  expect(history.every(({ at }) => at <= '2026-11-10T02:00:00.000Z')).toBe(true);
});

it('finds known families in its lists, unchanged and changed, and new ones', async () => {
  for (const result of ['tetap', 'berubah', 'baru'] as const) {
    expect(
      (await lurah.cases.list.query({ filter: { result }, offset: 0, limit: 1 })).total,
      result,
    ).toBeGreaterThan(0);
  }
});

it('has held a meeting, holds another, and has a team with families out', async () => {
  const { sessions } = await lurah.muskel.list.query();
  expect(sessions.map(({ no, state, openObjections }) => [no, state, openObjections])).toEqual([
    [2, 'berlangsung', 0],
    [1, 'disahkan', 1],
  ]);
  const { members, unassigned } = await lurah.team.read.query();
  expect(members).toHaveLength(4);
  expect(unassigned).toBeGreaterThan(0);
  expect(members.find(({ position }) => position === 'ketua')?.progress.out).toBeGreaterThan(0);
});
