import { z } from 'zod';
import type { ProvinceDecision, ProvinceSetting } from '../../shared/contract/sync.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import {
  DownItem,
  PenetapanBody,
  ProgramRule,
  ScoreModel,
  RankBody,
  RecipientsBody,
  SettingBody,
} from '../../shared/provincial/down.ts';
import { today } from '../clock.ts';
import { findCase } from '../store/cases.ts';
import {
  type CaseDecision,
  listDecisionsOfCase,
  listSettings,
  listUnknownSettings,
  type PublishedSetting,
} from '../store/down.ts';
import { readProven } from '../sync/signatures.ts';
import type { Register } from './register.ts';
import { standingFields, tooNew } from './sync-settings.ts';

export function provinceSettings(register: Register): ProvinceSetting[] {
  const day = today(register.clock);
  const settings = listSettings(register.db);
  const known = settings.map((one) => {
    const { setting, title, version, effectiveFrom, unusable, content } = one;
    const sentences = sentencesOf(setting, content);
    return { setting, title, version, effectiveFrom, standing: standingOf(one), unusable, sentences };
  });
  function standingOf(one: PublishedSetting): ProvinceSetting['standing'] {
    if (!isInForce(one)) return 'menunggu';
    const same = settings.filter(isInForce).filter(isSame(one)).toSorted(laterFirst);
    // A calendar may say what no later one does.
    const stands =
      same[0] === one || (one.setting === 'kalender' && standingFields(same, one.itemId).length > 0);
    return stands ? 'berlaku' : 'digantikan';
  }
  function isInForce({ effectiveFrom, unusable }: PublishedSetting): boolean {
    return effectiveFrom <= day && unusable === null;
  }
  const unknown = listUnknownSettings(register.db).flatMap((jws): ProvinceSetting[] => {
    const item = readProven(jws, DownItem);
    if (item === null) return [];
    const {
      title = item.id,
      version = '',
      effectiveFrom = item.issuedAt.slice(0, 10),
    } = UnknownSetting.safeParse(item.body).data ?? {};
    const waits = { standing: 'menunggu' as const, unusable: tooNew, sentences: [] };
    return [{ setting: 'lain', title, version, effectiveFrom, ...waits }];
  });
  const held = [...register.heldLists.values()].map(({ name, version, listDate, why }): ProvinceSetting => ({
    setting: 'daftar',
    title: name,
    version: String(version),
    effectiveFrom: listDate,
    standing: 'menunggu',
    unusable: whyHeld[why],
    sentences: [],
  }));
  return [...known, ...unknown, ...held];
}

const whyHeld = {
  unreadable: tooNew,
  failed: 'Belum dapat masuk karena gangguan pada Mutakhir; lihat Perlu perhatian.',
  base_missing:
    'Menunggu daftar sebelumnya dari provinsi, yang belum ada atau belum dapat masuk di kantor ini. Bila daftar itu tidak disebut di sini, hubungi provinsi.',
} as const;

/** There is one calendar; of the others one for each program, model or instrument. */
function isSame({ setting, subject }: PublishedSetting): (other: PublishedSetting) => boolean {
  return (other) => other.setting === setting && (setting === 'kalender' || other.subject === subject);
}

/** Sheets are printed with the highest version of an instrument; else the later day counts. What is first of equals stays first. */
function laterFirst(left: PublishedSetting, right: PublishedSetting): number {
  return left.setting === 'instrumen'
    ? Number(right.version) - Number(left.version)
    : right.effectiveFrom.localeCompare(left.effectiveFrom);
}

/** What a rule asks for, or a model counts, the weightiest first; nothing of what this version cannot read. */
function sentencesOf(setting: string, content: unknown): string[] {
  if (setting === 'aturan_program') return ProgramRule.safeParse(content).data?.sentences ?? [];
  const model = setting === 'model_skor' ? ScoreModel.safeParse(content).data : undefined;
  if (model === undefined) return [];
  const weights = Object.entries(model.weights)
    .toSorted(([, left], [, right]) => Math.abs(right) - Math.abs(left))
    .map(([field, weight]) => `${field}: bobot ${weight.toLocaleString('id-ID')}`);
  return [...(model.sentences ?? []), ...weights];
}

/** What any version of a setting says of itself. */
const UnknownSetting = SettingBody.pick({ title: true, version: true, effectiveFrom: true });

/** What the province decided on a case, in words. */
export function decisionsOfCase(register: Register, caseId: string): ProvinceDecision[] {
  const members = findCase(register.db, caseId)?.household.members ?? [];
  return listDecisionsOfCase(register.db, caseId).map((decision) => {
    const { matter, memberId, periodId, program, issuedAt } = decision;
    const recipient = members.find(({ id }) => id === memberId)?.name ?? null;
    const titles = {
      penetapan: 'Penetapan',
      peringkat: 'Peringkat resmi',
      program: `Program ${program}${recipient === null ? '' : `, ${recipient}`}`,
    };
    return { matter, memberId, periodId, title: titles[matter], sentence: sentenceOf(decision), issuedAt };
  });
}

const Penetapan = PenetapanBody.omit({ caseId: true, periodId: true });
const Rank = RankBody.shape.ranks.element
  .omit({ caseId: true })
  /** Of how many; null where that is not known. */
  .extend({ of: z.int().nullable(), model: z.string() });
const Recipient = RecipientsBody.shape.recipients.element.omit({ caseId: true });

const recipientWords = { menerima: 'Menerima', tidak_menerima: 'Tidak menerima', dihentikan: 'Dihentikan' };

function sentenceOf({ matter, outcome }: CaseDecision): string {
  switch (matter) {
    case 'penetapan': {
      const { outcome: verdict, decree, decidedOn, note } = Penetapan.parse(outcome);
      const said = verdict === 'ditetapkan' ? 'Ditetapkan' : 'Tidak ditetapkan';
      return `${said} dengan ${decree} tanggal ${plainDate(decidedOn)}${note === null ? '' : `: ${note}`}`;
    }
    case 'peringkat': {
      const { rank, desil, of, model } = Rank.parse(outcome);
      // Before, the length of a part was kept for that of the whole list.
      const among = of === null || of < rank ? '' : ` dari ${of}`;
      return `Urutan ${rank}${among}${desil === null ? '' : `, desil ${desil}`} (${model})`;
    }
    case 'program': {
      const { status, from, until } = Recipient.parse(outcome);
      const span = [
        from === null ? null : `mulai ${plainDate(from)}`,
        until === null ? null : `sampai ${plainDate(until)}`,
      ];
      return [recipientWords[status], ...span.filter((part) => part !== null)].join(', ');
    }
    default:
      return assertNever(matter);
  }
}

function plainDate(day: string): string {
  return day.split('-').toReversed().join('-');
}
