import type {
  DeclinedFamily,
  DuplicateHint,
  DuplicateKind,
  LikelyFamily,
} from '../../shared/contract/duplicates.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { caseStateLabel } from '../../shared/domain/case-words.ts';
import type { DraftHousehold } from '../../shared/domain/draft.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import type { CandidateSource } from '../matching/candidate-source.ts';
import { householdIdentityFields } from '../matching/fields.ts';
import type { ReportedPerson } from '../matching/score-board.ts';
import type { Model } from '../matching/model.ts';
import { draftInput } from '../matching/normalise.ts';
import { paperDay } from '../printing/words.ts';
import { findCase } from '../store/cases.ts';
import { type ReadableDb, reading, transaction } from '../store/connection.ts';
import {
  deleteVerdict,
  type DuplicateVerdict,
  insertVerdict,
  listVerdictsOfDraft,
} from '../store/duplicates.ts';
import {
  type CurrentList,
  findHouseholdKey,
  findReferenceHousehold,
  listCurrentLists,
} from '../store/identification.ts';
import { findDraft } from '../store/intake.ts';
import { appendEvent } from '../store/journal.ts';
import { findModel } from '../store/list-model.ts';
import { KeyIndex } from '../store/matching.ts';
import { caseCandidates, draftCandidates, referenceCandidates } from '../store/matching-sources.ts';
import { draftOfCase, draftOfDraft, draftOfReference } from './duplicate-prefill.ts';
import { getOpenDraft } from './intake-drafts.ts';
import { renewalNotice, renewedOf } from './key-renewal.ts';
import { isSure, likelyIn, type LikelyHousehold, verdictOf, whyOf, worthShowing } from './likely-families.ts';
import { newId, type Register, type ServiceActor } from './register.ts';

const mostFamilies = 6;

/**
 * Families that the one being typed may already be: of the register, of other drafts, of the
 * current reference lists. Reads only; fast enough to be asked while typing.
 *
 * @throws AppError `draft_gone`.
 */
export function duplicateHint(
  register: Register,
  input: { draftId: string; body: DraftHousehold },
): DuplicateHint {
  const hint = reading(register.db, () => hintOf(register, input));
  register.offered.note(input.draftId, hint.families);
  return hint;
}

function hintOf(register: Register, input: { draftId: string; body: DraftHousehold }): DuplicateHint {
  const { db } = register;
  const draft = getOpenDraft(register, input.draftId);
  const members = reportedPersons(input.body);
  const verdicts = listVerdictsOfDraft(db, draft.id);
  const lists = listCurrentLists(db);
  const listIds = lists.map((list) => list.id);
  const index = new KeyIndex(db, register.names);
  const renewed = new Set(renewedOf(db, listIds));
  const sources: { kind: DuplicateKind; source: CandidateSource; model?: Model }[] = [
    { kind: 'berkas', source: caseCandidates(db, index, draft.body.corrects?.caseId ?? null) },
    { kind: 'draf', source: draftCandidates(db, index, draft.id) },
    ...byModel(
      db,
      lists.filter(({ id }) => renewed.has(id)),
    ).map(([model, ids]) => ({ kind: 'acuan' as const, source: referenceCandidates(db, index, ids), model })),
  ];
  const found = sources.map(({ kind, source, model }) => ({ kind, ...likelyIn(members, source, model) }));
  const families = found
    .flatMap(({ kind, households }) => households.map((household) => ({ kind, ...household })))
    .filter(({ kind, id }) => !isDeclined(register, verdicts, kind, id))
    .sort((left, right) => right.bits - left.bits)
    .slice(0, mostFamilies)
    .flatMap((family) => describe(register, family, lists) ?? []);
  return {
    families,
    declined: verdicts.map(toDeclined),
    incomplete: found.some(({ capped }) => capped),
    crowded: found.some(({ crowded }) => crowded),
    renewing: renewalNotice(register, { cases: true, drafts: true, lists: listIds }),
  };
}

/** Lists by what they are judged by, those of one source alike, as a proposal judges them; what is judged alike is searched at once. */
function byModel(db: ReadableDb, lists: readonly CurrentList[]): [model: Model, ids: string[]][] {
  const found = new Map<Model, string[]>();
  for (const ofSource of Map.groupBy(lists, ({ source }) => source).values()) {
    const ids = ofSource.map(({ id }) => id);
    const { model } = findModel(db, ids);
    found.set(model, [...(found.get(model) ?? []), ...ids]);
  }
  return [...found];
}

/**
 * A family that the hint offered for this draft, whole, for its form. Until then only what tells it apart is shown;
 * from then on its numbers stand there, so the journal notes who had them given.
 *
 * @throws AppError `draft_gone`, `family_not_offered`, `not_found` where it went since.
 */
export function takeDuplicate(
  register: Register,
  actor: ServiceActor,
  { draftId, kind, otherId }: { draftId: string; kind: DuplicateKind; otherId: string },
): DraftHousehold {
  return transaction(register.db, () => {
    const draft = getOpenDraft(register, draftId);
    if (!register.offered.includes(draft.id, kind, otherId)) throw new AppError('family_not_offered');
    const lasting = lastingId(register, kind, otherId);
    const subject = subjectOf(register, { kind, id: otherId }, listCurrentLists(register.db));
    if (lasting === null || subject === null) throw new AppError('not_found');
    note(register, actor, 'keluarga_diambil', said(draft.id, kind, lasting, subject.label));
    return subject.prefill;
  });
}

/**
 * Remembers "bukan keluarga yang sama" for this draft, with the reason; of a list, for all its later
 * snapshots too. Only of a family that the hint offered for this draft: nobody decides on one that they were not shown.
 *
 * @throws AppError `draft_gone`, `family_not_offered`, `not_found` where it went since.
 */
export function declineDuplicate(
  register: Register,
  actor: ServiceActor,
  input: { draftId: string; kind: DuplicateKind; otherId: string; reason: string },
): void {
  transaction(register.db, () => {
    if (actor.id === null) throw new AppError('not_logged_in');
    const draft = getOpenDraft(register, input.draftId);
    if (!register.offered.includes(draft.id, input.kind, input.otherId))
      throw new AppError('family_not_offered');
    const otherId = lastingId(register, input.kind, input.otherId);
    const subject = subjectOf(
      register,
      { kind: input.kind, id: input.otherId },
      listCurrentLists(register.db),
    );
    if (otherId === null || subject === null) throw new AppError('not_found');
    insertVerdict(register.db, {
      id: newId(),
      draftId: draft.id,
      caseId: null,
      otherKind: input.kind,
      otherId,
      otherLabel: subject.label,
      reason: input.reason,
      decidedBy: actor.id,
      decidedAt: instant(register.clock),
    });
    note(register, actor, 'bukan_keluarga_sama', {
      ...said(draft.id, input.kind, otherId, subject.label),
      alasan: input.reason,
    });
  });
}

/**
 * Takes it back: the family is shown again.
 *
 * @throws AppError `draft_gone`, `not_found`.
 */
export function restoreDuplicate(
  register: Register,
  actor: ServiceActor,
  { draftId, verdictId }: { draftId: string; verdictId: string },
): void {
  transaction(register.db, () => {
    const draft = getOpenDraft(register, draftId);
    const verdict = listVerdictsOfDraft(register.db, draft.id).find(({ id }) => id === verdictId);
    if (verdict === undefined || !deleteVerdict(register.db, draft.id, verdictId))
      throw new AppError('not_found');
    note(register, actor, 'bukan_sama_ditarik', {
      ...said(draft.id, verdict.otherKind, verdict.otherId, verdict.otherLabel),
      alasan_semula: verdict.reason,
    });
  });
}

function said(draf: string, jenis: DuplicateKind, lain: string, keterangan: string) {
  return { draf, jenis, lain, keterangan };
}

/** In the history of the registered family that it was said of, where it is one; else of no case. */
function note(
  register: Register,
  { id, role }: ServiceActor,
  type: string,
  payload: ReturnType<typeof said> & Partial<Record<string, string>>,
): void {
  appendEvent(register.db, {
    at: instant(register.clock),
    actor: { id, role },
    type,
    caseId: payload.jenis === 'berkas' ? payload.lain : null,
    payload,
  });
}

function reportedPersons(body: DraftHousehold): ReportedPerson[] {
  return body.members.map((member) => ({ id: member.id, input: draftInput(member, body), unit: '' }));
}

function describe(
  register: Register,
  family: LikelyHousehold & { kind: DuplicateKind },
  lists: readonly CurrentList[],
): LikelyFamily | null {
  const subject = subjectOf(register, family, lists);
  if (subject === null) return null;
  const best = family.links.reduce((left, right) => (right.weight.bits > left.weight.bits ? right : left));
  const { prefill } = subject;
  const head = prefill.members.find((member) => member.relation === '1') ?? prefill.members[0];
  return {
    kind: family.kind,
    id: family.id,
    label: subject.label,
    detail: subject.detail,
    headName: head?.name ?? best.candidate.input.name,
    address: addressLine(prefill),
    verdict: verdictOf(best),
    sure: isSure(best),
    // Members that only share the roof explain nothing.
    why: family.links.filter((link) => link === best || link.weight.probability >= worthShowing).map(whyOf),
    household: householdIdentityFields(best.member, best.person, 'DTKS')
      .filter((field) => field.verdict === 'sama')
      .map((field) => `${field.label} sama`),
    members: prefill.members.map((member) => member.name),
  };
}

interface Subject {
  label: string;
  detail: string;
  prefill: DraftHousehold;
}

function subjectOf(
  register: Register,
  { kind, id }: { kind: DuplicateKind; id: string },
  lists: readonly CurrentList[],
): Subject | null {
  switch (kind) {
    case 'berkas': {
      const found = findCase(register.db, id);
      if (found === null) return null;
      return {
        label: `Berkas ${found.number}`,
        detail: caseStateLabel[found.state],
        prefill: draftOfCase(found),
      };
    }
    case 'draf': {
      const found = findDraft(register.db, id);
      if (found === null) return null;
      return {
        label: `Draf ${found.ownerName}`,
        detail: 'Sedang diketik, belum didaftarkan',
        prefill: draftOfDraft(found.body),
      };
    }
    case 'acuan': {
      const found = findReferenceHousehold(register.db, id);
      const list = lists.find((candidate) => candidate.id === found?.listId);
      if (found === null || list === undefined) return null;
      return {
        label: list.name,
        detail: `Daftar acuan per ${paperDay(list.date)}`,
        prefill: draftOfReference(found),
      };
    }
    default:
      return assertNever(kind);
  }
}

function toDeclined(verdict: DuplicateVerdict): DeclinedFamily {
  return {
    verdictId: verdict.id,
    kind: verdict.otherKind,
    label: verdict.otherLabel,
    reason: verdict.reason,
    byName: verdict.decidedByName,
    at: verdict.decidedAt,
  };
}

/** What a family is remembered by: a household of a list has another row in each snapshot. */
function lastingId(register: Register, kind: DuplicateKind, id: string): string | null {
  return kind === 'acuan' ? findHouseholdKey(register.db, id) : id;
}

function isDeclined(
  register: Register,
  verdicts: readonly DuplicateVerdict[],
  kind: DuplicateKind,
  id: string,
): boolean {
  const ofKind = verdicts.filter((verdict) => verdict.otherKind === kind);
  if (ofKind.length === 0) return false;
  const lasting = lastingId(register, kind, id);
  return ofKind.some((verdict) => verdict.otherId === lasting);
}

function addressLine({ address }: DraftHousehold): string {
  const rt = address.rt === '' ? null : `RT ${address.rt.padStart(3, '0')}/RW ${address.rw.padStart(3, '0')}`;
  return [address.street === '' ? null : address.street, rt].filter((part) => part !== null).join(', ');
}
