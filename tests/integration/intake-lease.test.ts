import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DraftHousehold } from '../../shared/domain/draft.ts';
import { Autosaver, type SaveState } from '../../renderer/app/autosaver.ts';
import { type Branch, branchSaver } from '../../renderer/features/intake/use-branch.ts';
import { heldCodes } from '../../renderer/features/intake/use-draft.ts';
import { familyDraft } from './households.ts';
import { type Client, codeOf, createClient, openTestOffice, type TestOffice } from './office.ts';

let t: TestOffice;
let siti: Client;
let budi: Client;
beforeAll(async () => {
  t = await openTestOffice();
  siti = await t.as('petugas_loket');
  budi = await t.as('petugas_loket', 2);
});
afterAll(() => t.close());

async function typedBySiti(nth: number) {
  const { id } = await siti.intake.create.mutate({ mode: 'aktif' });
  const { version } = await siti.intake.save.mutate({ draftId: id, version: 1, body: familyDraft(nth) });
  return { draftId: id, version };
}

describe('one editor at a time', () => {
  it('names who types and since when, and lets nobody else save', async () => {
    const { draftId, version } = await typedBySiti(1);
    const since = t.clock.now().toISOString();
    expect((await budi.intake.open.query({ draftId })).lease).toEqual({ by: 'petugas_loket 1', since });
    expect((await siti.intake.open.query({ draftId })).lease).toBeNull();
    expect((await budi.intake.drafts.query()).find(({ id }) => id === draftId)?.lease?.by).toBe(
      'petugas_loket 1',
    );
    expect(await codeOf(budi.intake.hold.mutate({ draftId }))).toBe('draft_leased');
    expect(await codeOf(budi.intake.save.mutate({ draftId, version, body: familyDraft(2) }))).toBe(
      'draft_leased',
    );
  });

  it('is free once it is left, or nobody has held it for five minutes', async () => {
    const left = await typedBySiti(3);
    await siti.intake.release.mutate({ draftId: left.draftId });
    await budi.intake.hold.mutate({ draftId: left.draftId });
    expect(await codeOf(siti.intake.hold.mutate({ draftId: left.draftId }))).toBe('draft_leased');
    const stale = await typedBySiti(4);
    t.clock.advance(4 * 60_000);
    await siti.intake.hold.mutate({ draftId: stale.draftId });
    t.clock.advance(4 * 60_000);
    expect(await codeOf(budi.intake.hold.mutate({ draftId: stale.draftId }))).toBe('draft_leased');
    t.clock.advance(2 * 60_000);
    await budi.intake.hold.mutate({ draftId: stale.draftId });
  });
});

describe('a draft that is taken over', () => {
  it('wants a reason, and leaves the unsent work of the other as a branch to review', async () => {
    const { draftId, version } = await typedBySiti(5);
    expect(await codeOf(budi.intake.takeOver.mutate({ draftId, reason: '  ' }))).toBe('invalid_input');
    await budi.intake.takeOver.mutate({ draftId, reason: 'Siti pulang sakit' });
    const unsent = { ...familyDraft(5), phone: '0899 9999 9999' };
    expect(await codeOf(siti.intake.save.mutate({ draftId, version, body: unsent }))).toBe('draft_leased');
    const branch = await siti.intake.fork.mutate({ branchId: uuid(), draftId, body: unsent });
    expect(branch.body.forkOf?.draftId).toBe(draftId);
    expect(branch.body.phone).toBe('0899 9999 9999');
    const list = await budi.intake.drafts.query();
    expect(list.find(({ id }) => id === branch.id)).toMatchObject({
      fork: true,
      ownerName: 'petugas_loket 1',
    });
    expect(list.find(({ id }) => id === draftId)).toMatchObject({ fork: false, mine: true });
    expect((await budi.intake.open.query({ draftId })).body.phone).not.toBe('0899 9999 9999');
    await budi.intake.save.mutate({ draftId, version, body: familyDraft(6) });
  });

  it('leaves all that was typed while the screen was cut off, whatever was saved in its place meanwhile', async () => {
    const { draftId, version } = await typedBySiti(12);
    let isCut = true;
    const token = await t.tokenOf('petugas_loket');
    const screen = createClient(
      (request) => (isCut ? Promise.reject(new TypeError('Failed to fetch')) : t.office.fetch(request)),
      token,
    );
    let state: SaveState | null = null;
    const saver = new Autosaver<DraftHousehold>({
      version,
      savedAt: null,
      save: (on, body) => screen.intake.save.mutate({ draftId, version: on, body }),
      onState: (now) => (state = now),
      held: heldCodes,
    });
    const begun = familyDraft(12);
    const phone = { ...begun, phone: '0899 1212 1212' };
    const street = { ...phone, address: { ...phone.address, street: 'Gg. Putus 3' } };
    const all = { ...street, members: street.members.map((member) => ({ ...member, birthPlace: 'Tegal' })) };
    const type = async (body: DraftHousehold) => {
      saver.change(body);
      expect(await saver.flush()).toBe(false);
      return state;
    };
    for (const body of [phone, street, all])
      expect(await type(body)).toMatchObject({ pending: true, problem: { code: 'office_unreachable' } });

    await budi.intake.takeOver.mutate({ draftId, reason: 'Layar Siti terputus' });
    const theirs = { ...begun, phone: '0811 0000 0012' };
    await budi.intake.save.mutate({ draftId, version, body: theirs });

    let branch: Omit<Branch, 'flush'> | null = null;
    const aside = branchSaver(screen, draftId, (now) => (branch = now));
    isCut = false;
    expect(await type(all)).toMatchObject({ pending: true, problem: { code: 'version_conflict' } });
    // The line goes once more while the branch is made, and typing goes on.
    isCut = true;
    aside.change(all);
    expect(await aside.flush()).toBe(false);
    expect(branch).toEqual({ id: null, saved: false, failed: true });
    isCut = false;
    const onward = { ...all, address: { ...all.address, rt: '009' } };
    aside.change(onward);
    expect(await aside.flush()).toBe(true);

    const branches = (await budi.intake.drafts.query()).filter(({ fork }) => fork);
    const opened = await Promise.all(branches.map(({ id }) => budi.intake.open.query({ draftId: id })));
    const mine = opened.filter(({ body }) => body.forkOf?.draftId === draftId);
    expect(mine.map(({ body }) => body)).toEqual([
      expect.objectContaining({ phone: all.phone, address: onward.address, members: all.members }),
    ]);
    expect(branch).toEqual({ id: mine[0]?.id, saved: true, failed: false });
    expect((await budi.intake.open.query({ draftId })).body).toMatchObject({
      phone: theirs.phone,
      address: begun.address,
    });
  });

  /** A screen of Siti's, which loses the answer to the next forking, or saving. */
  async function losing(what: 'fork' | 'save' = 'fork') {
    const token = await t.tokenOf('petugas_loket');
    let isLost = true;
    return createClient(async (request) => {
      const answer = await t.office.fetch(request);
      if (!isLost || !request.url.includes(`intake.${what}`)) return answer;
      isLost = false;
      throw new TypeError('Failed to fetch');
    }, token);
  }

  const branchesOf = async (draftId: string) => {
    const drafts = await budi.intake.drafts.query();
    const opened = await Promise.all(
      drafts.filter(({ fork }) => fork).map(({ id }) => budi.intake.open.query({ draftId: id })),
    );
    return opened.filter(({ body }) => body.forkOf?.draftId === draftId);
  };

  it('leaves one branch where the answer to its making was lost, with all that was typed since', async () => {
    const { draftId } = await typedBySiti(13);
    let branch: Omit<Branch, 'flush'> | null = null;
    const aside = branchSaver(await losing(), draftId, (now) => (branch = now));
    const first = { ...familyDraft(13), phone: '0811 1313 1313' };
    aside.change(first);
    expect(await aside.flush()).toBe(false);
    expect(branch).toEqual({ id: null, saved: false, failed: true });
    const onward = { ...first, phone: '0822 1313 1313' };
    aside.change(onward);
    expect(await aside.flush()).toBe(true);
    const [made, ...others] = await branchesOf(draftId);
    expect(others).toEqual([]);
    expect(made?.body.phone).toBe('0822 1313 1313');
    expect(branch).toEqual({ id: made?.id, saved: true, failed: false });
    // And goes on in it.
    aside.change({ ...onward, phone: '0833 1313 1313' });
    expect(await aside.flush()).toBe(true);
    expect((await branchesOf(draftId)).map(({ body }) => body.phone)).toEqual(['0833 1313 1313']);
  });

  it('is gone on with where the answer to its saving was lost, as is a draft: nobody else saved', async () => {
    const { draftId, version } = await typedBySiti(16);
    const typed = (phone: string) => ({ ...familyDraft(16), phone });
    const aside = branchSaver(await losing('save'), draftId, () => {});
    const screen = await losing('save');
    const saver = new Autosaver<DraftHousehold>({
      version,
      savedAt: null,
      save: (known, body) => screen.intake.save.mutate({ draftId, version: known, body }),
      onState: () => {},
      held: heldCodes,
    });
    aside.change(typed('0811 1616 1616'));
    expect(await aside.flush()).toBe(true);
    for (const one of [aside, saver]) {
      one.change(typed('0822 1616 1616'));
      expect(await one.flush()).toBe(false);
      one.change(typed('0833 1616 1616'));
      expect(await one.flush()).toBe(true);
    }
    const branches = await branchesOf(draftId);
    expect(branches.map(({ body: { phone } }) => phone)).toEqual(['0833 1616 1616']);
    const draft = await siti.intake.open.query({ draftId });
    expect([draft.body.phone, draft.version]).toEqual(['0833 1616 1616', version + 2]);
    // A saving of before it is a colleague's, or of another window.
    expect(await codeOf(siti.intake.save.mutate({ draftId, version, body: typed('0822 1616 1616') }))).toBe(
      'version_conflict',
    );
  });

  it.each([
    ['gone on with', 14],
    ['thrown away', 15],
  ] as const)('leaves another where somebody has %s the one whose answer was lost', async (what, nth) => {
    const { draftId } = await typedBySiti(nth);
    const aside = branchSaver(await losing(), draftId, () => {});
    const first = { ...familyDraft(nth), phone: '0811 1414 1414' };
    aside.change(first);
    expect(await aside.flush()).toBe(false);
    const [made] = await branchesOf(draftId);
    const { id = '', version = 0, body } = made ?? {};
    if (what === 'thrown away') await budi.intake.discard.mutate({ draftId: id });
    else
      await budi.intake.save.mutate({
        draftId: id,
        version,
        body: { ...first, ...body, phone: '0822 1414 1414' },
      });
    const onward = { ...first, phone: '0833 1414 1414' };
    aside.change(onward);
    expect(await aside.flush()).toBe(true);
    expect((await branchesOf(draftId)).map(({ body: { phone } }) => phone).toSorted()).toEqual(
      what === 'thrown away' ? ['0833 1414 1414'] : ['0822 1414 1414', '0833 1414 1414'],
    );
  });

  it('leaves who typed in it among those who may not approve the branch', async () => {
    const { draftId } = await typedBySiti(8);
    await siti.intake.release.mutate({ draftId });
    await budi.intake.hold.mutate({ draftId });
    const mine = { ...familyDraft(8), phone: '0811 1111 1111', editors: [], paperBatchId: draftId };
    const { body } = await budi.intake.fork.mutate({ branchId: uuid(), draftId, body: mine });
    const { account } = await budi.session.current.query();
    const first = (await siti.session.current.query()).account.id;
    expect(body.editors).toEqual([first, account.id]);
    expect(body.paperBatchId).toBeNull();
  });

  it('is not thrown away under who types in it, nor held or taken once it is gone', async () => {
    const { draftId } = await typedBySiti(9);
    expect(await codeOf(budi.intake.discard.mutate({ draftId }))).toBe('draft_leased');
    await siti.intake.discard.mutate({ draftId });
    for (const call of [
      budi.intake.hold.mutate({ draftId }),
      budi.intake.takeOver.mutate({ draftId, reason: 'Tertinggal' }),
      budi.intake.takeOver.mutate({ draftId: '0197c1f2-5f7a-7c3e-9d10-2f3b4c5d6e7f', reason: 'Tertinggal' }),
    ])
      expect(await codeOf(call)).toBe('draft_gone');
  });

  it('keeps a branch of a correction bound to its case, and offers the correction itself again', async () => {
    const { draftId, version } = await typedBySiti(7);
    const { caseId } = await siti.intake.register.mutate({ draftId, version });
    const correction = await siti.intake.correct.mutate({ caseId });
    const branch = await siti.intake.fork.mutate({
      branchId: uuid(),
      draftId: correction.id,
      body: correction.body,
    });
    expect(branch.body.corrects?.caseId).toBe(caseId);
    expect((await budi.intake.correct.mutate({ caseId })).id).toBe(correction.id);
  });
  it('leaves a correction whose case has changed since as a branch of the one begun anew', async () => {
    const { draftId, version } = await typedBySiti(10);
    const { caseId } = await siti.intake.register.mutate({ draftId, version });
    const begun = await siti.intake.correct.mutate({ caseId });
    const typed = { ...begun.body, phone: '0812 1212 1212' };
    const saved = await siti.intake.save.mutate({ draftId: begun.id, version: begun.version, body: typed });
    const other = await siti.intake.fork.mutate({
      branchId: uuid(),
      draftId: begun.id,
      body: { ...begun.body, phone: '0813 1313 1313' },
    });
    await siti.intake.register.mutate({ draftId: other.id, version: other.version });
    await siti.intake.release.mutate({ draftId: begun.id });

    const anew = await budi.intake.correct.mutate({ caseId });
    expect(anew.id).not.toBe(begun.id);
    const branch = await siti.intake.open.query({ draftId: begun.id });
    expect(branch.body).toMatchObject({ phone: '0812 1212 1212', forkOf: { draftId: anew.id } });
    expect((await budi.intake.drafts.query()).find(({ id }) => id === begun.id)?.fork).toBe(true);
    expect(await codeOf(siti.intake.register.mutate({ draftId: begun.id, version: saved.version + 1 }))).toBe(
      'version_conflict',
    );
    expect((await budi.intake.correct.mutate({ caseId })).id).toBe(anew.id);
  });

  it('leaves no branch of a correction that nobody typed in', async () => {
    const { draftId, version } = await typedBySiti(11);
    const { caseId } = await siti.intake.register.mutate({ draftId, version });
    const begun = await siti.intake.correct.mutate({ caseId });
    const typed = { ...begun.body, phone: '0812 1212 1212' };
    const other = await siti.intake.fork.mutate({ branchId: uuid(), draftId: begun.id, body: typed });
    await siti.intake.register.mutate({ draftId: other.id, version: other.version });
    await siti.intake.correct.mutate({ caseId });
    expect((await siti.intake.drafts.query()).map(({ id }) => id)).not.toContain(begun.id);
  });
});
