import { afterAll, beforeAll, expect, it } from 'vitest';
import { may } from '../../shared/domain/access.ts';
import { Role } from '../../shared/domain/role.ts';
import { familyDraft } from './households.ts';
import { type Client, codeOf, openTestOffice, type TestOffice } from './office.ts';

const typed = 'Zubaedah Rahasia';

let t: TestOffice;
let draftId: string;

beforeAll(async () => {
  t = await openTestOffice();
  const clerk = await t.as('petugas_loket');
  const draft = await clerk.intake.create.mutate({ mode: 'aktif' });
  draftId = draft.id;
  const body = familyDraft(1);
  const members = body.members.map((member, index) => (index === 0 ? { ...member, name: typed } : member));
  await clerk.intake.save.mutate({ draftId, version: draft.version, body: { ...body, members } });
  await clerk.session.logout.mutate();
});
afterAll(() => t.close());

/** Every list and form that shows something of families to whoever may see it. */
const looks: Record<string, (client: Client) => Promise<unknown>> = {
  drafts: (client) => client.intake.drafts.query(),
  draft: (client) => client.intake.open.query({ draftId }),
  cases: (client) => client.cases.list.query({ filter: {}, offset: 0, limit: 200 }),
  found: (client) => client.cases.list.query({ filter: {}, text: typed, offset: 0, limit: 200 }),
  outbox: (client) => client.sync.list.query({ part: 'semua', offset: 0, limit: 200 }),
  attention: (client) => client.attention.list.query(),
  queue: (client) => client.identification.queue.query({ offset: 0, limit: 200 }),
  work: (client) => client.verification.work.query({ stage: 'siap', offset: 0, limit: 200 }),
  exports: (client) => client.exports.log.query(),
};

it.each(Role.options)(
  'what somebody typed and left is a draft of the counter: %s finds it there, or nowhere',
  async (role) => {
    const client = await t.as(role, 2);
    const seen: string[] = [];
    const refused = new Set(['not_allowed']);
    for (const [name, look] of Object.entries(looks)) {
      const answer = await look(client).catch((cause: unknown) => codeOf(Promise.reject(cause)));
      if (typeof answer === 'string') refused.add(answer);
      if (JSON.stringify(answer).includes(typed)) seen.push(name);
    }
    expect(seen).toEqual(may(role, 'intake:write') ? ['drafts', 'draft'] : []);
    expect([...refused]).toEqual(['not_allowed']);
  },
);

it('a colleague of the counter sees whose it is, and that it is no draft of theirs', async () => {
  const colleague = await t.as('petugas_loket', 2);
  expect(await colleague.intake.drafts.query()).toMatchObject([
    { id: draftId, title: typed, mine: false, ownerName: expect.stringContaining('petugas_loket') },
  ]);
  for (const role of ['lurah', 'administrator'] as const)
    expect(await codeOf((await t.as(role)).intake.drafts.query()), role).toBe('not_allowed');
});
