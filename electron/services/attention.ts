import { z } from 'zod';
import type {
  AttentionItem,
  attentionContract,
  ChoiceTold,
  ClashItem,
} from '../../shared/contract/attention.ts';
import { findEdge } from '../../shared/domain/case-flow.ts';
import { waitingOutboxStates } from '../../shared/domain/outbox.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { AppError } from '../../shared/errors.ts';
import { describeField, describeValue } from '../../shared/provincial/field-words.ts';
import { readField, sameValue } from '../../shared/provincial/merge.ts';
import { instant } from '../clock.ts';
import {
  countItems,
  findCaseLine,
  listRefusedRetractions,
  listRefusedWords,
  listRejected,
  listStuck,
} from '../store/attention.ts';
import { type ClashRecord, findKnownVersion, listOpenClashes, setClashChoice } from '../store/clashes.ts';
import { transaction } from '../store/connection.ts';
import { listOpenTasks, setTaskDone } from '../store/down.ts';
import { appendEvent, listCaseEvents } from '../store/journal.ts';
import { findNewestTold } from '../store/sync.ts';
import { placeOfRejection, placeOfTask, visitOfClash } from './attention-place.ts';
import { getCase, takeStep } from './case-steps.ts';
import { choiceReason, isTakenBack, refuseUndecided } from './clashes.ts';
import { countFailing, fileItems } from './failing-files.ts';
import { fieldAuthor } from './field-author.ts';
import type { Register, ServiceActor } from './register.ts';
import { enqueue, tellRetractionAgain } from './sync-queue.ts';
import { countNews, newsItems } from './sync-news.ts';
import { ended, refusedWordSentence } from './sync-sentences.ts';
import { apply, type Change, lastTold, ruleBrokenBy, withWholes } from './sync-follow.ts';

/** After this long a record that the province does not take is shown to a person. */
const patience = 5 * 86_400_000;

/** What came down as a whole and stands nowhere yet, and all on which the province and this office do not agree, oldest first in each kind. */
export function attentionItems(register: Register): AttentionItem[] {
  return [
    ...newsItems(register),
    ...clashItems(register),
    ...rejectedItems(register),
    ...retractionItems(register),
    ...taskItems(register),
    ...stuckItems(register),
    ...wordItems(register),
    ...fileItems(register, patientSince(register)),
  ];
}

/** How many {@link attentionItems} are there, for the menu and the foot, which ask every few seconds. */
export function countAttention(register: Register): number {
  const before = patientSince(register);
  return countNews(register) + countItems(register.db, before) + countFailing(register, before).cases;
}

/** ISO instant; what waits since before it is a person's to look at. */
export function patientSince({ clock }: Register): string {
  return new Date(clock.now().getTime() - patience).toISOString();
}

function clashItems(register: Register): ClashItem[] {
  const byCase = Map.groupBy(listOpenClashes(register.db, null), ({ caseId }) => caseId);
  return [...byCase].map(([caseId, clashes]) => {
    const current = getCase(register, caseId);
    const events = listCaseEvents(register.db, caseId);
    const takenBack = isTakenBack(current)
      ? events.findLast(({ fromState, toState }) => toState === current.state && fromState !== toState)
      : undefined;
    const gone = goneMembers(register, current, clashes);
    return {
      kind: 'pertentangan',
      ...lineOf(register, caseId, clashes[0]?.openedAt ?? ''),
      retraction: isTakenBack(current),
      fields: clashes.map(({ id, path, base, ours, theirs, by }) => {
        // A retraction says nothing of any field: it is the word of whoever took the case back.
        const author =
          takenBack === undefined
            ? fieldAuthor(events, path)
            : { name: takenBack.actorName ?? '', at: takenBack.at };
        const visit = visitOfClash(register, caseId, path);
        const say = (value: unknown) => visit?.say(value) ?? describeValue(path, value);
        return {
          id,
          label: visit?.label ?? describeField(path, current.household, gone),
          visit: visit?.place ?? null,
          base: say(base),
          ours: isTakenBack(current) ? null : say(ours),
          oursBy: author?.name ?? '',
          oursAt: author?.at ?? current.updatedAt,
          theirs: say(theirs),
          theirsBy: by.name,
          theirsAt: by.at,
        };
      }),
    };
  });
}

const Named = z.looseObject({ name: z.string() });

/** Names of those whom this office has told of and taken out since, by id, of whom the province says something. */
function goneMembers(register: Register, { id: caseId, household }: Case, clashes: readonly ClashRecord[]) {
  const ids = clashes.flatMap(({ path }) => /^members\.([^.]+)/.exec(path)?.[1] ?? []);
  return new Map(
    ids
      .filter((id) => household.members.every((member) => member.id !== id))
      .flatMap((id) => {
        const path = `members.${id}`;
        const told = Named.safeParse(readField(lastTold(register, caseId, path), path));
        return told.success ? [[id, told.data.name] as const] : [];
      }),
  );
}

function rejectedItems(register: Register): AttentionItem[] {
  return listRejected(register.db).map(({ caseId, since, problem }) => ({
    kind: 'ditolak',
    ...lineOf(register, caseId, since),
    taskId: null,
    sentence: problem?.sentence ?? 'Provinsi menolak berkas ini.',
    from: 'Server provinsi',
    ...placeOfRejection(register, caseId, problem?.field ?? null),
  }));
}

function retractionItems(register: Register): AttentionItem[] {
  return listRefusedRetractions(register.db).map(({ caseId, since, problem }) => ({
    kind: 'penarikan',
    ...lineOf(register, caseId, since),
    sentence: ended(problem?.sentence ?? 'Provinsi menolak penarikan berkas ini.'),
  }));
}

/** @throws AppError `not_found` where nothing of the case waits for it. */
export function sendRetractionAgain(
  register: Register,
  actor: ServiceActor,
  { caseId }: z.infer<typeof attentionContract.sendRetractionAgain.input>,
): void {
  transaction(register.db, () => {
    refuseUndecided(register, caseId);
    if (!tellRetractionAgain(register, actor, caseId)) throw new AppError('not_found');
  });
}

function taskItems(register: Register): AttentionItem[] {
  return listOpenTasks(register.db).map((task) => ({
    kind: 'tugas',
    ...lineOf(register, task.caseId, task.receivedAt, task.id),
    taskId: task.id,
    sentence: task.sentence,
    from: task.from,
    ...placeOfTask(register, task.caseId, task.field),
  }));
}

/** What a family says and the province refused to hear is told anew by whoever records it again at the case. */
function wordItems(register: Register): AttentionItem[] {
  return listRefusedWords(register.db).map(({ caseId, since, problem }) => ({
    kind: 'kabar',
    ...lineOf(register, caseId, since),
    sentence: refusedWordSentence(problem?.sentence ?? null),
  }));
}

/** The province has answered; this office cannot keep it, or not take it for the province's own. */
const answeredInVain = new Set([
  'answer_not_kept',
  'answer_unknown',
  'receipt_invalid',
  'merge_unproven',
  'conflict_unproven',
]);

function stuckItems(register: Register): AttentionItem[] {
  return listStuck(register.db, patientSince(register)).map(({ id, caseId, since, problem }) => ({
    kind: answeredInVain.has(problem?.code ?? '') ? 'jawaban' : 'tertahan',
    ...lineOf(register, caseId, since, id),
    sentence: ended(problem?.sentence ?? 'Provinsi belum menerimanya.'),
  }));
}

/** @param id of what waits, where several of a kind may be of one case */
function lineOf(register: Register, caseId: string, since: string, id = caseId) {
  return { id, caseId, ...findCaseLine(register.db, caseId), since };
}

/**
 * Decides on every field of a case on which both sides differ. What follows the province is set here;
 * what stays as this office has it is sent again, on the version that the province holds. Both values
 * stay in the journal.
 *
 * @throws AppError `clash_gone` where they are no longer the fields that were shown, `clash_breaks` where what is
 * chosen makes no household together.
 */
export function resolveClashes(
  register: Register,
  actor: ServiceActor,
  { caseId, choices }: z.infer<typeof attentionContract.resolve.input>,
): { told: ChoiceTold } {
  const by = actor.id;
  if (by === null) throw new AppError('not_logged_in');
  return transaction(register.db, () => {
    const open = listOpenClashes(register.db, caseId);
    const chosen = new Map(choices.map(({ clashId, choice }) => [clashId, choice]));
    if (open.length === 0 || open.length !== chosen.size || open.some(({ id }) => !chosen.has(id)))
      throw new AppError('clash_gone');
    const at = instant(register.clock);
    const theirs = open.filter(({ id }) => chosen.get(id) === 'provinsi');
    const ours = open.filter(({ id }) => chosen.get(id) === 'kantor');
    for (const { id } of open)
      setClashChoice(register.db, id, { choice: chosen.get(id) ?? 'provinsi', by, at });
    const eventId = appendEvent(register.db, {
      at,
      actor: { id: by, role: actor.role },
      type: 'pertentangan_diputus',
      caseId,
      payload: {
        isian: open.map(({ id, path, ours: own, theirs: other }) => ({
          path,
          kantor: own,
          provinsi: other,
          pilihan: chosen.get(id),
        })),
        versi: findKnownVersion(register.db, caseId),
        keterangan: `${ours.length} isian tetap, ${theirs.length} isian mengikuti provinsi`,
      },
    });
    return { told: settleCase(register, actor, getCase(register, caseId), eventId, { open, ours, theirs }) };
  });
}

function settleCase(
  register: Register,
  actor: ServiceActor,
  current: Case,
  eventId: string,
  { open, ours, theirs }: Record<'open' | 'ours' | 'theirs', ClashRecord[]>,
): ChoiceTold {
  const reason = choiceReason;
  const [follow, said] = [withWholes(register, current, theirs.map(saidThere)), open.map(saidThere)];
  const broken = ruleBrokenBy(register, current, follow, said);
  if (broken !== null) throw new AppError('clash_breaks', { message: broken });
  if (follow.length > 0) {
    const version = findKnownVersion(register.db, current.id);
    apply(register, current, follow, { version, reason: 'Dipilih mengikuti provinsi' });
  }
  // A merge stands until the cases are separated, a closed case until it is opened again: the province is
  // told once more.
  if (
    current.state === 'DIGABUNG' ||
    current.state === 'DITUTUP' ||
    (current.state === 'DITARIK' && theirs.length === 0)
  ) {
    enqueue(register, getCase(register, current.id), eventId, { kind: 'case.retracted', reason });
    return 'sekarang';
  }
  // Where the case is to be legalised anew, as after a rejection, that tells all of this as well.
  if (findEdge(current.state, 'selesaikan_pertentangan') === null) return 'perbaikan';
  // A record of ours that was not applied holds other fields, too: those are still to be told, also where it
  // was rejected while these choices were open. One that was queued meanwhile says what was not chosen.
  const told = findNewestTold(register.db, current.id);
  const mustTell =
    ours.length > 0 ||
    open.some(({ origin }) => origin === 'naik') ||
    told?.state === 'ditolak' ||
    (told !== null && overrules(register, current.id, told, follow));
  if (mustTell) {
    takeStep(register, actor, { caseId: current.id, action: 'selesaikan_pertentangan', reason });
    return 'sekarang';
  }
  return told !== null && waitingOutboxStates.includes(told.state) ? 'nanti' : 'tidak';
}

function saidThere({ path, theirs }: ClashRecord): Change {
  return { path, after: theirs };
}

/**
 * Whether a record says another value of one of these fields than the province's own: it builds on that, or the
 * province has accepted it, perhaps since that value was shown.
 */
function overrules(
  { db }: Register,
  caseId: string,
  { kind, state, baseVersion, body }: NonNullable<ReturnType<typeof findNewestTold>>,
  follow: readonly { path: string; after: unknown }[],
): boolean {
  if (kind === 'case.retracted') return false;
  // Of one on its way that builds on what was before, the answer tells.
  if (state !== 'diterima' && baseVersion < findKnownVersion(db, caseId)) return false;
  const said: unknown = JSON.parse(body);
  return follow.some(({ path, after }) => !sameValue(readField(said, path) ?? null, after));
}

/** @throws AppError `not_found` where it is done already. */
export function finishTask(
  register: Register,
  actor: ServiceActor,
  { taskId, note }: { taskId: string; note: string },
): void {
  transaction(register.db, () => {
    const task = listOpenTasks(register.db).find(({ id }) => id === taskId);
    const at = instant(register.clock);
    if (task === undefined || !setTaskDone(register.db, taskId, { by: actor.id, at, note }))
      throw new AppError('not_found');
    appendEvent(register.db, {
      at,
      actor: { id: actor.id, role: actor.role },
      type: 'tugas_selesai',
      caseId: task.caseId,
      payload: { tugas: task.sentence, alasan: note },
    });
  });
}
