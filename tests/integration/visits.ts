import type { OpenSheet } from '../../shared/contract/verification.ts';
import type { DraftHousehold } from '../../shared/domain/draft.ts';
import { type Answers, isAsked, type QuestionGroup, type Subject } from '../../shared/domain/instrument.ts';
import { subjectOf, type VisitEntry } from '../../shared/domain/visit-entry.ts';
import { familyDraft, registerFamily } from './households.ts';
import type { TestOffice } from './office.ts';

/** Registers a family and takes it, as an officer would, to where its form can be printed. */
export async function readyCase(
  t: TestOffice,
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

export function requestDocument(
  t: TestOffice,
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
  enumerator = 'Rina Kusumawati',
  paper: 'F4' | 'A4' = 'F4',
): Promise<Uint8Array> {
  const response = await requestDocument(t, await t.tokenOf('petugas_verifikasi'), 'formulir_verifikasi', {
    caseIds,
    enumerator,
    paper,
  });
  if (response.status !== 200)
    throw new Error(`Printing failed: ${response.status} ${await response.text()}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Answers that fit the instrument: the last code of every choice, the least of every number. */
export function fittingAnswers(groups: readonly QuestionGroup[], subject?: Subject): Answers {
  const answers: Answers = {};
  for (const question of groups.flatMap((group) => group.questions)) {
    if (!isAsked(question, answers, subject) || !question.required) continue;
    answers[question.id] =
      question.kind === 'choice' ? (question.options.at(-1)?.code ?? '') : String(question.min ?? 1);
  }
  return answers;
}

/** A visit that found everybody and asked everything. */
export function fullEntry(sheet: OpenSheet, visitedOn = '2026-11-09'): VisitEntry {
  return {
    result: '1',
    visitedOn,
    enumerator: 'Rina Kusumawati',
    note: '',
    household: fittingAnswers(sheet.instrument.household),
    members: Object.fromEntries(
      sheet.members.map((member) => {
        const home = fittingAnswers(sheet.instrument.member, subjectOf(member, visitedOn));
        return [member.id, { ...home, Sta_keberadaan_art: '1', ...fittingRest(sheet, member, visitedOn) }];
      }),
    ),
  };
}

function fittingRest(sheet: OpenSheet, member: OpenSheet['members'][number], day: string): Answers {
  const [first, ...rest] = sheet.instrument.member;
  if (first === undefined) return {};
  const gate = {
    ...first,
    questions: first.questions.map((question) =>
      question.id === 'Sta_keberadaan_art'
        ? { ...question, options: question.options.slice(0, 1) }
        : question,
    ),
  };
  return fittingAnswers([gate, ...rest], subjectOf(member, day));
}
