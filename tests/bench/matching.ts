import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAreaData } from '../../electron/area-names.ts';
import { loadAreas } from '../../electron/areas.ts';
import { matchHousehold } from '../../electron/matching/match-household.ts';
import { defaultModel } from '../../electron/matching/model.ts';
import { memberInput, referenceInput } from '../../electron/matching/normalise.ts';
import type { SyntheticCase } from '../../electron/training/cases.ts';
import {
  generateKelurahan,
  type SyntheticKelurahan,
  type SyntheticList,
} from '../../electron/training/generate.ts';
import { dtksColumns, writeCsv } from '../../electron/training/list-files.ts';
import { draftOfHousehold } from '../../shared/domain/draft.ts';
import { listSource } from '../fixtures/memory-source.ts';
import { kelurahan, openTestOffice, type TestOffice } from '../integration/office.ts';
import { ended, uploadList } from '../integration/reference-office.ts';
import type { Measurement, Suite } from './suite.ts';

const households = 5_000;
const cases = 300;

/**
 * A kelurahan of 5,000 households: how fast the hint answers while typing (through the office's own
 * door), and how many of the true persons the engine links by itself, how many wrongly.
 */
export const matchingSuite: Suite = {
  name: 'matching',
  runs: 1,
  prepare: async () => {
    const areas = loadAreaData(loadAreas('resources'), 'resources');
    const made = generateKelurahan({ households, seed: 3, kelurahan, areas, today: '2026-11-22', cases });
    const office = await openTestOffice();
    await importDtks(office, made);
    return {
      run: async () => [
        ...(await hintSpeed(office, made.cases)),
        ...made.reference.flatMap((list) => quality(list, made.cases)),
      ],
      cleanUp: () => office.close(),
    };
  },
};

async function importDtks(office: TestOffice, made: SyntheticKelurahan): Promise<void> {
  const list = made.reference.find(({ source }) => source === 'DTKS');
  const folder = await mkdtemp(join(tmpdir(), 'mutakhir-bench-'));
  try {
    const file = join(folder, 'dtks.csv');
    await writeCsv(file, dtksColumns, list?.rows ?? []);
    const officer = await office.as('petugas_verifikasi');
    const uploadId = await uploadList(
      office,
      await office.tokenOf('petugas_verifikasi'),
      'dtks.csv',
      await readFile(file),
    );
    const job = await officer.reference.import.mutate({
      uploadId,
      source: 'DTKS',
      areaCodes: null,
      name: 'DTKS',
      listDate: '2025-12-31',
    });
    const { state } = await ended(officer, job);
    if (state !== 'selesai') throw new Error(`The list did not come in: ${state}.`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function hintSpeed(office: TestOffice, families: readonly SyntheticCase[]): Promise<Measurement[]> {
  const clerk = await office.as('petugas_loket');
  const { id: draftId } = await clerk.intake.create.mutate({ mode: 'aktif' });
  const times: number[] = [];
  for (const { household } of families) {
    const body = draftOfHousehold(household, null);
    const from = performance.now();
    await clerk.duplicates.hint.query({ draftId, body });
    times.push(performance.now() - from);
  }
  times.sort((left, right) => left - right);
  const at = (share: number) => times[Math.floor((times.length - 1) * share)] ?? Number.NaN;
  return [
    { metric: 'hint_p50', value: at(0.5), unit: 'ms' },
    { metric: 'hint_p95', value: at(0.95), unit: 'ms', bar: 50 },
  ];
}

/** Of the true pairs of one list, the share linked surely, left to a person, and lost; and the wrong sure ones. */
function quality(list: SyntheticList, families: readonly SyntheticCase[]): Measurement[] {
  const idOf = (sourceId: string, person: SyntheticList['households'][number]['persons'][number]) =>
    list.source === 'DTKS' ? String(person.sourceId) : `${sourceId} ${person.order}`;
  const source = listSource(
    list.households.map(({ household, persons }) => ({
      id: household.sourceId,
      persons: persons.map((person) => ({
        id: idOf(household.sourceId, person),
        input: referenceInput(person, household, list.listDate),
      })),
    })),
  );
  const counts = { true: 0, sure: 0, asked: 0, wrong: 0 };
  for (const { household, truth } of families) {
    const members = household.members.map((member) => {
      const kk = household.families.find((family) => family.no === member.familyNo)?.kk ?? null;
      const unit = list.source === 'DTKS' ? String(member.familyNo) : '';
      return { id: member.id, unit, input: memberInput(member, household.address, kk) };
    });
    const { links } = matchHousehold(members, source, { model: defaultModel });
    for (const { memberId, dtksId, bdtRow } of truth.members) {
      const wanted =
        list.source === 'DTKS' ? dtksId : bdtRow === null ? null : `${bdtRow.household} ${bdtRow.order}`;
      const link = links.find((candidate) => candidate.memberId === memberId);
      if (wanted !== null) counts.true += 1;
      if (link?.candidate.id === wanted && wanted !== null)
        counts[link.decision.outcome === 'auto' ? 'sure' : 'asked'] += 1;
      else if (link?.decision.outcome === 'auto') counts.wrong += 1;
    }
  }
  const name = list.source.toLowerCase();
  return [
    { metric: `${name}_true_pairs`, value: counts.true, unit: 'pairs' },
    { metric: `${name}_linked_surely`, value: (100 * counts.sure) / counts.true, unit: '%' },
    { metric: `${name}_left_to_a_person`, value: (100 * counts.asked) / counts.true, unit: '%' },
    { metric: `${name}_wrong_sure_links`, value: counts.wrong, unit: 'pairs', bar: 0 },
  ];
}
