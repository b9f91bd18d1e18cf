import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Random } from '../../electron/training/random.ts';
import { kelurahan } from '../integration/area.ts';
import { publish } from '../provincial-server/down.ts';

const periodId = '2026-11';

/** The province's database and clock, whoever runs its server. */
interface Issuer {
  now(): Date;
  aside<Result>(work: (pool: Pool) => Promise<Result>): Promise<Result>;
}

/** What the province issues to the office of a run: decisions, tasks, settings, lists, and what no office knows yet. */
export class SimPublisher {
  readonly #province: Issuer;
  readonly #random: Random;
  readonly #cases: readonly string[];
  #lists = 0;
  /** The newest list, and who stands in it. */
  #list: { id: string; sourceIds: string[] } | null = null;
  published = 0;

  constructor(province: Issuer, random: Random, cases: readonly string[]) {
    this.#province = province;
    this.#random = random;
    this.#cases = cases;
  }

  async publishSome(officeId: string): Promise<void> {
    switch (this.#random.int(1, 6)) {
      case 1:
        return await this.#issue(officeId, 'decision.penetapan', {
          caseId: this.#random.pick(this.#cases),
          periodId,
          outcome: this.#random.pick(['ditetapkan', 'tidak_ditetapkan']),
          decree: `400/${this.#random.int(1, 900)}`,
          decidedOn: '2026-11-09',
          note: null,
        });
      case 2:
        return await this.#issue(officeId, 'decision.rank', {
          periodId,
          model: 'pmt-1',
          // Of how many, a province says or leaves out.
          ...(this.published % 2 === 0 ? { of: 300 } : {}),
          ranks: this.#some().map((caseId, index) => ({
            caseId,
            rank: index + 1,
            desil: this.#random.int(1, 10),
          })),
        });
      case 3:
        return await this.#issue(officeId, 'decision.recipients', {
          periodId,
          program: { id: 'pkh', name: 'PKH' },
          recipients: this.#some().map((caseId) => ({
            caseId,
            memberId: null,
            status: this.#random.pick(['menerima', 'tidak_menerima', 'dihentikan']),
            from: '2026-12-01',
            until: null,
          })),
        });
      case 4:
        return await this.#issue(officeId, 'record.rejected', {
          caseId: this.#random.pick(this.#cases),
          key: null,
          code: 'kk_meragukan',
          field: null,
          sentence: 'Nomor KK perlu dilihat lagi.',
          by: 'Dinas Sosial',
        });
      case 5:
        return await this.#publishSetting(officeId);
      default:
        return await this.#publishList(officeId);
    }
  }

  /** One of today, one that waits for its day, or a kind that only a later version knows. */
  async #publishSetting(officeId: string): Promise<void> {
    const version = `${this.#random.int(1, 900)}`;
    const rule = { program: { id: 'pkh', name: 'PKH' }, sentences: [`Paling banyak ${version} keluarga.`] };
    const setting = {
      id: 'pkh',
      version,
      title: `PKH ${version}`,
      effectiveFrom: '2026-11-01',
      content: rule,
    };
    switch (this.#random.int(1, 3)) {
      case 1:
        return await this.#issue(officeId, 'setting.published', { setting: 'aturan_program', ...setting });
      case 2:
        return await this.#issue(officeId, 'setting.published', {
          ...setting,
          setting: 'model_skor',
          effectiveFrom: '2027-05-01',
          content: { weights: { lantai: 1 } },
        });
      default:
        return await this.#issue(officeId, 'rencana.tahunan', { tahun: 2027, versi: version });
    }
  }

  /** A whole list in two parts, at times the second one first, or a difference to the newest. */
  async #publishList(officeId: string): Promise<void> {
    this.#lists += 1;
    const id = randomUUID();
    const fresh = Array.from({ length: 4 }, (_, index) => `L${this.#lists}-${index + 1}`);
    const list = { listId: id, source: 'DTSEN', name: 'DTSEN Gambir', listDate: '2026-10-01' };
    const version = this.#lists;
    const base = this.#list;
    if (base !== null && this.#random.chance(0.5)) {
      const removed = base.sourceIds.slice(0, 1);
      const own = { ...list, version, baseListId: base.id, part: 1, parts: 1 };
      await this.#issue(officeId, 'reference.list', { ...own, households: fresh.map(household), removed });
      this.#list = { id, sourceIds: [...base.sourceIds.slice(1), ...fresh] };
      return;
    }
    for (const part of this.#random.shuffled([1, 2]))
      await this.#issue(officeId, 'reference.list', {
        ...list,
        version,
        baseListId: null,
        part,
        parts: 2,
        households: fresh.slice(part * 2 - 2, part * 2).map(household),
        removed: [],
      });
    this.#list = { id, sourceIds: fresh };
  }

  /** Who stands in the newest list; empty where none was published. */
  get newestList(): { id: string; sourceIds: readonly string[] } | null {
    return this.#list;
  }

  async #issue(officeId: string, kind: string, body: Record<string, unknown>): Promise<void> {
    const province = this.#province;
    const item = { id: randomUUID(), to: { officeId }, kind, issuedAt: province.now(), body };
    await province.aside(async (pool) => await publish(pool, item));
    this.published += 1;
  }

  #some(): string[] {
    return this.#random.shuffled(this.#cases).slice(0, this.#random.int(1, 5));
  }
}

function household(sourceId: string): Record<string, unknown> {
  const head = {
    sourceId: `${sourceId}-1`,
    order: 1,
    name: `Kepala ${sourceId}`,
    nik: null,
    kk: null,
    sex: 'P',
    birthPlace: null,
    birthDate: '1970-01-01',
    age: null,
    relation: '1',
    familyNo: 1,
    motherName: null,
    answers: {},
  };
  return {
    sourceId,
    kk: null,
    street: 'Jl. Daftar 1',
    rt: 1,
    rw: 1,
    kelurahan,
    kelurahanName: 'Gambir',
    percentile: null,
    desil: 3,
    answers: {},
    persons: [head],
  };
}
