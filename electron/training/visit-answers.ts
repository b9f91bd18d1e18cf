import type { TrueHousehold } from './population.ts';

/** What a visit finds, under BDT 2015's fields and in its codes: what the officer writes on the paper. */
export interface VisitAnswers {
  household: Record<string, string>;
  /** By member id. */
  members: Record<string, Record<string, string>>;
  process: Record<string, string>;
}

const ownBusiness = ['1', '2', '3'];

/** The form asks more than the list holds; what it asks besides follows from the rest. */
export function visitAnswers({ answers, members }: TrueHousehold): VisitAnswers {
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
            omset_usaha: '1',
            lokasi_usaha: '2',
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
