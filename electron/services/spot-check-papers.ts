import type { PrintSpotChecks, SpotCheckDetail } from '../../shared/contract/spot-check.ts';
import { answerWords } from '../../shared/domain/instrument.ts';
import { encodeAnswer } from '../../shared/domain/instrument-exchange.ts';
import { joinPapers } from '../printing/join.ts';
import { kunjunganUlang } from '../printing/kunjungan-ulang.ts';
import { findAccount } from '../store/accounts.ts';
import { findFinishedVisit } from '../store/approval.ts';
import { getCase } from './case-steps.ts';
import { issueDocument } from './documents.ts';
import { paperBaseOf } from './letterhead.ts';
import type { Register, ServiceActor } from './register.ts';
import { getCheck, linesOf } from './spot-check.ts';

/** Prints the revisit forms of some checks, one behind the other. Throws AppError `not_found`. */
export async function printSpotChecksOf(
  register: Register,
  actor: ServiceActor,
  { checkIds }: PrintSpotChecks,
): Promise<{ pdf: Uint8Array; fileName: string }> {
  const papers: Uint8Array[] = [];
  for (const checkId of new Set(checkIds)) papers.push(await printOne(register, actor, checkId));
  return { pdf: await joinPapers('Formulir kunjungan ulang', papers), fileName: 'kunjungan-ulang.pdf' };
}

async function printOne(register: Register, actor: ServiceActor, checkId: string): Promise<Uint8Array> {
  const check = getCheck(register, checkId);
  const supervisor = actor.id === null ? null : findAccount(register.db, actor.id);
  const { pdf } = await issueDocument(register, actor, {
    paper: kunjunganUlang,
    subject: check.id,
    periodId: getCase(register, check.caseId).periodId,
    caseId: check.caseId,
    title: `Formulir kunjungan ulang ${check.number}`,
    fileName: 'kunjungan-ulang.pdf',
    number: check.number,
    compose: () => ({
      ...paperBaseOf(register),
      number: check.number,
      head: check.headName,
      street: check.street,
      rt: check.rt,
      rw: check.rw,
      enumerator: check.enumerator,
      visitedOn: findFinishedVisit(register.db, check.caseId)?.visitedOn ?? null,
      parts: partsOf(linesOf(register, check)),
      supervisor: { role: 'Pemeriksa,', name: supervisor?.name ?? null, nip: supervisor?.nip ?? null },
    }),
  });
  return pdf;
}

function partsOf(lines: SpotCheckDetail['lines']) {
  const titles = [...new Set(lines.map(({ group }) => group))];
  return titles.map((title) => ({
    title,
    lines: lines
      .filter(({ group }) => group === title)
      .map(({ question, recorded }) => {
        const code = encodeAnswer(question, recorded);
        const meaning = answerWords(question, recorded);
        return {
          no: question.no,
          label: question.label,
          recorded: meaning === null || meaning === code ? code : `${code} ${meaning}`,
        };
      }),
  }));
}
