import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appRouter } from '../../electron/rpc/router.ts';
import { draftOfHousehold } from '../../shared/domain/draft.ts';
import { registerActive, syntheticFamily } from './families.ts';
import { registerFamily, registerPassive } from './households.ts';
import { type Client, openTestOffice, type TestOffice } from './office.ts';
import { printForms, readyCase, workAt } from './visits.ts';

/**
 * Queries whose answers hold whole numbers, and why: somebody types or judges them there, on a screen
 * that is opened for one family. All other queries leave masked, or have nothing to mask.
 */
const whole = [
  // The form in which the numbers are typed.
  'intake.open',
  // Two persons side by side: the digits are the evidence.
  'identification.proposal',
  'identification.evidence',
  'identification.preview',
  'identification.view',
  'merge.compare',
  // The sheet that is typed in, with what was printed on it.
  'verification.openSheet',
  // A file that is being looked at before it is stored.
  'reference.progress',
];

/** Queries in whose answers no person's number has a place. */
const withoutNumbers = [
  'accounts.list',
  'cases.counts',
  'courier.enrolment',
  'courier.view',
  'difference.decisions',
  'difference.info',
  'difference.progress',
  'difference.waiting',
  'documents.letters',
  'documents.archive',
  'documents.letterNumber',
  'exports.instruments',
  'exports.log',
  'exports.progress',
  'finding.look',
  'identification.matchAllState',
  'identification.undoable',
  'intake.lastAddress',
  'intake.options',
  'ledger.counts',
  'approval.sample',
  'paperBatch.list',
  'period.closingPlan',
  'period.list',
  'printing.progress',
  'printing.unsettled',
  'proof.view',
  'proxy.read',
  'recap.periods',
  'recap.read',
  'reference.codeLists',
  'reference.lists',
  'reference.mappings',
  'reference.ranks',
  'session.current',
  'settings.read',
  'setup.areas',
  'setup.searchOffices',
  'session.status',
  'sync.decisions',
  'sync.settings',
  'sync.status',
  'team.plan',
  'verification.options',
];

let t: TestOffice;
let clerk: Client;
let officer: Client;
let lurah: Client;
let caseId: string;
let printed: string;
let passive: string;

/** Families with numbers in every queue, one with a number that was changed and one that is out on paper. */
beforeAll(async () => {
  t = await openTestOffice();
  clerk = await t.as('petugas_loket');
  officer = await t.as('petugas_verifikasi');
  lurah = await t.as('lurah');
  ({ caseId } = await registerActive(clerk, syntheticFamily(1)));
  ({ caseId: passive } = await registerPassive(t, 2));
  await lurah.approval.decide.mutate({
    caseId: passive,
    seen: (await lurah.approval.detail.query({ caseId: passive })).item.seen,
    decision: 'kembalikan',
    reason: 'NIK keliru',
  });
  const correction = await clerk.intake.correct.mutate({ caseId: passive });
  const members = correction.body.members.map((member, index) =>
    index === 0 ? { ...member, nik: '3171015708800003', nikNote: 'Sesuai KTP yang dibawa' } : member,
  );
  const { version } = await clerk.intake.save.mutate({
    draftId: correction.id,
    version: correction.version,
    body: { ...correction.body, members, correctionNote: 'NIK menurut KTP 3171015708800003' },
  });
  await clerk.intake.register.mutate({ draftId: correction.id, version });
  printed = await readyCase(t, 4);
  await printForms(t, [printed]);
  const draft = await clerk.intake.create.mutate({ mode: 'aktif' });
  await clerk.intake.save.mutate({
    draftId: draft.id,
    version: 1,
    body: draftOfHousehold(syntheticFamily(5), null),
  });
  await registerFamily(clerk);
  await clerk.lifeEvent.propose.mutate({
    caseId,
    event: {
      kind: 'meninggal',
      on: '2026-11-02',
      memberIds: [(await clerk.cases.get.query({ caseId })).case.household.members[2]?.id ?? ''],
      newHeadId: null,
    },
    reason: 'Surat kematian',
    letter: '',
  });
});
afterAll(() => t.close());

describe('the numbers of persons', () => {
  it('leave the office masked, but for the queries that are named here with their reason', () => {
    const queries = Object.entries(appRouter._def.procedures).filter(
      ([, procedure]) => Reflect.get(Reflect.get(procedure, '_def'), 'type') === 'query',
    );
    const open = queries
      .filter(([, procedure]) => !Reflect.get(Reflect.get(Reflect.get(procedure, '_def'), 'meta'), 'masked'))
      .map(([name]) => name);
    expect(open.sort()).toEqual([...whole, ...withoutNumbers].sort());
  });

  it('stand in no list and no view, though they can be searched', async () => {
    const page = { offset: 0, limit: 50 };
    const answers = {
      list: await clerk.cases.list.query({ filter: {}, ...page }),
      search: await clerk.cases.search.query({ text: '3171011708800001' }),
      get: await clerk.cases.get.query({ caseId }),
      corrected: await clerk.cases.get.query({ caseId: passive }),
      inbox: await lurah.approval.inbox.query({ kind: null, ...page }),
      detail: await lurah.approval.detail.query({ caseId: passive }),
      corrections: await lurah.period.corrections.query({ caseId: null }),
      queue: await officer.identification.queue.query(page),
      findings: await officer.finding.list.query({ filter: {}, ...page }),
      work: await workAt(officer, 'lapangan'),
      drafts: await clerk.intake.drafts.query(),
      withoutNik: await clerk.intake.withoutNik.query(page),
      merges: await officer.merge.ofCase.query({ caseId }),
      attention: await officer.attention.list.query(),
      recap: await lurah.recap.read.query({ periodId: '2026-11' }),
      team: await officer.team.read.query(),
    };
    expect(answers.list.rows.length).toBeGreaterThan(3);
    expect(answers.search.map(({ headNik }) => headNik)).toEqual(['3171 •••• •••• 0001']);
    expect(answers.inbox.rows).toHaveLength(1);
    expect(answers.corrections).toHaveLength(1);
    for (const [name, answer] of Object.entries(answers))
      expect(JSON.stringify(answer).match(/(?<![0-9A-Za-z-])\d{16}(?![0-9A-Za-z-])/g), name).toBeNull();
  });

  it('of a changed NIK show the lurah where it changed, and no more', async () => {
    const { changes } = await lurah.approval.detail.query({ caseId: passive });
    expect(changes?.find(({ label }) => label === 'NIK')).toMatchObject({
      before: '3171 •••• •••• 0002',
      after: '3171 •••• •••• 0003',
    });
  });

  it('are shown whole only where that is noted', async () => {
    const { nik, kk } = await clerk.cases.reveal.mutate({ caseId });
    expect(Object.values(nik)).toContain('3171011708800001');
    expect(kk['1']).toBe('3171010101200001');
    const { history } = await clerk.cases.get.query({ caseId });
    expect(history.at(-1)).toMatchObject({ type: 'nomor_ditampilkan', actorName: 'petugas_loket 1' });
  });
});
