import type { LedgerEntry } from '../../shared/contract/ledger.ts';
import type { OpenSheet, SheetState, WorkItem, WorkStage } from '../../shared/contract/verification.ts';
import type { DraftHousehold } from '../../shared/domain/draft.ts';
import type { Answers } from '../../shared/domain/answers.ts';
import {
  isAsked,
  type QuestionGroup,
  questionsOf,
  type Subject,
  valueOf,
} from '../../shared/domain/instrument.ts';
import { askedFamilies } from '../../shared/domain/visit-families.ts';
import { differencesOf } from '../../shared/domain/visit-differences.ts';
import {
  emptyVisit,
  inspectVisit,
  passKey,
  subjectOf,
  type VisitEntry,
} from '../../shared/domain/visit-entry.ts';
import { familyDraft, registerFamily } from './households.ts';
import type { Client, TestOffice } from './office.ts';

/** The nine photos of BDT 2015 (its 7.2): what a visit is told that no file shows. */
export const photoLabels = [
  'KTP responden',
  'Kartu Keluarga',
  'Kepala rumah tangga',
  'Tampak depan rumah',
  'Atap',
  'Lantai',
  'Dinding',
  'Dapur',
  'Jamban',
];

/** Registers a family and takes it, as an officer would, to where its form can be printed. */
export async function readyCase(
  t: Pick<TestOffice, 'as'>,
  nth = 1,
  body: DraftHousehold = familyDraft(nth),
): Promise<string> {
  const { caseId } = await registerFamily(await t.as('petugas_loket'), body);
  const officer = await t.as('petugas_verifikasi');
  const { version } = (await officer.cases.get.query({ caseId })).case;
  await officer.identification.decide.mutate({
    caseId,
    version,
    pairs: [],
    result: 'baru',
    overrideReason: 'Belum ada daftar acuan',
  });
  await officer.cases.takeStep.mutate({ caseId, action: 'masukkan_daftar_sasaran', reason: null, version });
  await officer.cases.takeStep.mutate({
    caseId,
    action: 'lewati_muskel',
    reason: 'Muskel sudah diadakan',
    version,
  });
  return caseId;
}

/** The first page of the work list, and of the ledger of sheets. */
export async function workAt(officer: Client, stage: WorkStage): Promise<WorkItem[]> {
  return (await officer.verification.work.query({ stage, offset: 0, limit: 200 })).rows;
}

export async function sheetsIn(officer: Client, state: SheetState | null): Promise<LedgerEntry[]> {
  return (await officer.ledger.list.query({ state, offset: 0, limit: 200 })).rows;
}

export function requestDocument(
  t: Pick<TestOffice, 'office'>,
  token: string | null,
  kind: string,
  input: unknown,
): Promise<Response> {
  return t.office.fetch(
    new Request('http://mutakhir.test/files/document', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ kind, input }),
    }),
  );
}

export async function printForms(
  t: TestOffice,
  caseIds: string[],
  enumerator: string | null = 'Rina Kusumawati',
  paper: 'F4' | 'A4' = 'F4',
  instrument = 'bdt-2015',
): Promise<Uint8Array> {
  const response = await requestDocument(t, await t.tokenOf('petugas_verifikasi'), 'formulir_verifikasi', {
    caseIds,
    enumerator,
    paper,
    instrument,
  });
  if (response.status !== 200)
    throw new Error(`Printing failed: ${response.status} ${await response.text()}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Answers that fit the instrument: the last code of every choice, the least of every number. */
export function fittingAnswers(
  groups: readonly QuestionGroup[],
  subject?: Subject,
  fixed: Readonly<Record<string, string>> = {},
): Answers {
  const answers: Answers = {};
  for (const question of questionsOf(groups)) {
    if (!isAsked(question, answers, subject) || !question.required) continue;
    const last = question.options.at(-1);
    answers[question.id] =
      fixed[question.id] ??
      (question.kind === 'number' || last === undefined ? String(question.min ?? 1) : valueOf(last));
  }
  return answers;
}

/** A visit that found everybody and asked everything; what seems odd was asked again and is so. */
export function fullEntry(
  sheet: Pick<OpenSheet, 'instrument' | 'household' | 'recorded'>,
  visitedOn = '2026-11-09',
): VisitEntry {
  const { instrument } = sheet;
  const { members } = sheet.household;
  const entry: VisitEntry = {
    ...emptyVisit('Rina Kusumawati'),
    result: '1',
    visitedOn,
    household: fittingAnswers(instrument.household),
    families: Object.fromEntries(
      askedFamilies(instrument, members, { members: {} }).map(({ no }) => [
        String(no),
        fittingAnswers(instrument.family),
      ]),
    ),
    members: Object.fromEntries(
      members.map((member) => {
        const married = ['1', '2'].includes(member.relation) ? '2' : '1';
        const fixed = { Sta_keberadaan_art: '1', '404': '1', Sta_kawin: married, '408': married };
        const subject = subjectOf(instrument, members, member, visitedOn);
        return [member.id, fittingAnswers(instrument.member, subject, fixed)];
      }),
    ),
    process: fittingAnswers(instrument.process),
  };
  const odd = inspectVisit(entry, instrument, members, visitedOn).filter(({ rule }) => rule !== null);
  const differences = differencesOf(entry, instrument, members, sheet.recorded, visitedOn);
  return {
    ...entry,
    passes: Object.fromEntries(odd.map((finding) => [passKey(finding), 'Memang begitu'])),
    reasons: Object.fromEntries(differences.map(({ field }) => [field, 'Keadaan berubah'])),
  };
}
