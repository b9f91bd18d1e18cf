import type { TrueHousehold } from './population.ts';
import { Random } from './random.ts';

/** What a visit finds, under BDT 2015's fields and in its codes: what the officer writes on the paper. */
export interface VisitAnswers {
  household: Record<string, string>;
  /** By member id. */
  members: Record<string, Record<string, string>>;
  process: Record<string, string>;
}

const ownBusiness = ['1', '2', '3'];

/** The form asks more than the list holds; what it asks besides follows from the rest. */
export function visitAnswers({ answers, members, wealth }: TrueHousehold): VisitAnswers {
  // Drawn from the household itself: asking it about its visit changes no other household.
  const random = new Random(wealth * 4_294_967_296);
  const has = (field: string) => answers[field] === '1' || answers[field] === '3';
  const [head] = members;
  return {
    household: { ...answers, ...(has('aset_tak_bergerak') && { luas_atb: '60' }) },
    members: Object.fromEntries(
      members.map((member) => [
        member.id,
        {
          Sta_keberadaan_art: '1',
          ...member.answers,
          ...(ownBusiness.includes(member.answers['Status_pekerjaan'] ?? '') && {
            omset_usaha: turnover(random, wealth),
            lokasi_usaha: yes(random.chance(0.25 + wealth * 0.5)),
          }),
          Ada_kks: yes(member === head && has('sta_kks')),
          Ada_pbi: yes(has('sta_kis')),
          Ada_kip: yes(member === head && has('sta_kip')),
          Ada_pkh: yes(member === head && has('sta_pkh')),
          Ada_rastra: yes(member === head && has('sta_rastra')),
        },
      ]),
    ),
    process: { flag_dokumen: '1' },
  };
}

function yes(given: boolean): string {
  return given ? '1' : '2';
}

/** Code of a business's monthly turnover: its household's wealth with much noise, as people tell it. */
function turnover(random: Random, wealth: number): string {
  const told = wealth + random.around(0, 0.35);
  if (told < 0.45) return '1';
  if (told < 0.85) return '2';
  return told < 1.1 ? '3' : '4';
}
