import { DatabaseError, type Pool } from 'pg';
import type { AttentionItem } from '../../shared/contract/attention.ts';
import { refusal } from '../../shared/domain/consent.ts';
import type { CaseAction } from '../../shared/domain/case-flow.ts';
import type { WritableDb } from '../../electron/store/connection.ts';
import type { Random } from '../../electron/training/random.ts';
import { changeCase } from '../provincial-server/province-cases.ts';
import { refusalOf, type RealOffice } from './real-office.ts';
import type { RealProvince } from './real-province.ts';
import { drawFile } from './sim-work.ts';

/** What a person is told whom the province, a colleague, or their own earlier try was before: nothing was done. */
const overtaken: readonly string[] = [
  'case_legalised',
  'case_not_editable',
  'clash_gone',
  'clash_open',
  'correction_decided',
  'correction_empty',
  'correction_outdated',
  'not_logged_in',
  'step_not_possible',
  'version_conflict',
];

/** Cases that are looked through for one to change; not all of them stand at the province. */
const tries = 8;

/** What people do at both ends while everything goes wrong: in the office, through its own door, with sessions of their own. */
export class RealWork {
  readonly #office: RealOffice;
  readonly #province: RealProvince;
  readonly #random: Random;
  readonly #caseIds: readonly string[];
  /** Cases of which the program said that their legalisation is saved. */
  readonly acknowledged = new Set<string>();
  /** Approved corrections of which it said so, and files. */
  readonly #corrections = new Set<string>();
  readonly #files = new Set<string>();
  readonly counts = {
    corrections: 0,
    retractions: 0,
    closings: 0,
    mends: 0,
    choices: 0,
    words: 0,
    files: 0,
    province_changes: 0,
    /** Saves that were refused for want of room. */
    refused_saves: 0,
  };

  constructor(office: RealOffice, province: RealProvince, random: Random, caseIds: readonly string[]) {
    this.#office = office;
    this.#province = province;
    this.#random = random;
    this.#caseIds = caseIds;
  }

  /** One of the things that people do, beside what the lurah legalises. */
  async some(): Promise<void> {
    await this.legalise(this.#random.int(1, 3));
    const caseId = this.#random.pick(this.#caseIds);
    switch (
      this.#random.weighted({ correct: 4, takeBack: 2, hear: 2, attach: 2, settle: 3, change: 3, press: 1 })
    ) {
      case 'correct':
        return await this.#correct(this.#random.pick([...this.acknowledged, caseId]));
      case 'takeBack':
        return await this.#takeBack(this.#random.pick([...this.acknowledged, caseId]));
      case 'hear':
        return await this.#hear(caseId);
      case 'attach':
        return await this.#attach(caseId);
      case 'settle':
        return await this.settle(0.5);
      case 'change':
        return void (await this.#change('household.phone', `0812 0000 0${this.#random.int(100, 999)}`));
      case 'press':
        return await this.#press();
    }
  }

  /** Something new is queued, of each kind that an office sends all day, and somebody asks to send it now. */
  async send(): Promise<void> {
    await this.legalise(2);
    await this.#correct(this.#random.pick([...this.acknowledged, this.#random.pick(this.#caseIds)]));
    await this.#hear(this.#random.pick(this.#caseIds));
    await this.#press();
  }

  async #press(): Promise<void> {
    await this.#does(async () => (await this.#office.as('lurah')).sync.retryNow.mutate());
  }

  /**
   * Legalises the oldest cases that wait.
   *
   * @returns how many waited; some, where nobody can tell
   */
  async legalise(most: number): Promise<number> {
    let waiting = Number.POSITIVE_INFINITY;
    await this.#does(async () => {
      const lurah = await this.#office.as('lurah');
      const { rows } = await lurah.approval.inbox.query({
        kind: null,
        offset: 0,
        limit: Math.min(100, most),
      });
      for (const { caseId, seen } of rows) {
        await lurah.approval.decide.mutate({ caseId, seen, decision: 'setujui', reason: null });
        this.acknowledged.add(caseId);
      }
      waiting = rows.length;
    });
    return waiting;
  }

  /**
   * The lurah goes through what needs a person: chooses between what both say, mends what was rejected or closes it, and
   * says again what the province would not hear.
   *
   * @param often how much of it; all with 1, of which nothing is closed
   */
  async settle(often: number): Promise<void> {
    const items: AttentionItem[] = [];
    await this.#does(
      async () => void items.push(...(await (await this.#office.as('lurah')).attention.list.query())),
    );
    for (const item of items) if (this.#random.chance(often)) await this.#settleOne(item, often < 1);
  }

  async #settleOne(item: AttentionItem, mayClose: boolean): Promise<void> {
    if (item.kind === 'pertentangan') {
      const { caseId } = item;
      const choices = item.fields.map(({ id }) => ({
        clashId: id,
        choice: this.#random.pick(['kantor', 'provinsi'] as const),
      }));
      const chosen = await this.#does(async () =>
        (await this.#office.as('lurah')).attention.resolve.mutate({ caseId, choices }),
      );
      if (chosen) this.counts.choices += 1;
    } else if (item.kind === 'penarikan')
      await this.#does(async () =>
        (await this.#office.as('lurah')).attention.sendRetractionAgain.mutate({ caseId: item.caseId }),
      );
    else if (item.kind === 'ditolak') {
      const closes = mayClose && this.#random.chance(0.3);
      if (closes && (await this.#step(item.caseId, 'tutup', 'Keluarga pindah'))) this.counts.closings += 1;
      else if (await this.#step(item.caseId, 'perbaiki_dan_sahkan_ulang', 'Sudah dibetulkan'))
        this.counts.mends += 1;
    }
  }

  /** While the line is gone, the province and the office each change the same field of a case. */
  async clash(): Promise<void> {
    const street = `Jl. Provinsi ${this.#random.int(1, 900)}`;
    const changed = await this.#change('household.address.street', street);
    if (changed !== null) await this.#correct(changed);
  }

  /** The counter asks for another street, and the lurah approves. */
  async #correct(caseId: string): Promise<void> {
    const street = `Jl. Perbaikan ${this.#random.int(1, 900)}`;
    const done = await this.#does(async () => {
      const clerk = await this.#office.as('petugas_loket');
      const draft = await clerk.intake.correct.mutate({ caseId });
      const address = { ...draft.body.address, street };
      const body = { ...draft.body, address, correctionNote: 'Alamat salah ketik' };
      const { version } = await clerk.intake.save.mutate({ draftId: draft.id, version: draft.version, body });
      await clerk.intake.register.mutate({ draftId: draft.id, version });
      const lurah = await this.#office.as('lurah');
      const asked = await lurah.period.corrections.query({ caseId });
      const open = asked.find(({ state }) => state === 'diajukan');
      if (open === undefined) return;
      await lurah.period.decide.mutate({ correctionId: open.id, approve: true, answer: '' });
      this.#corrections.add(open.id);
    });
    if (done) this.counts.corrections += 1;
  }

  /** Takes a case back from the province, or legalises again what was taken back. */
  async #takeBack(caseId: string): Promise<void> {
    if (await this.#step(caseId, 'tarik_kembali', 'Salah keluarga')) this.counts.retractions += 1;
    else await this.#step(caseId, 'batalkan_penarikan', 'Ternyata benar');
  }

  async #step(caseId: string, action: CaseAction, reason: string): Promise<boolean> {
    return await this.#does(async () => {
      const lurah = await this.#office.as('lurah');
      const { version } = (await lurah.cases.get.query({ caseId })).case;
      await lurah.cases.takeStep.mutate({ caseId, action, reason, version });
    });
  }

  /** A family says whether its data may be shown; most that are asked refuse, or take that back. */
  async #hear(caseId: string): Promise<void> {
    const kind = this.#random.chance(0.5) ? refusal : this.#random.pick(['1', '2'] as const);
    const heard = await this.#does(async () =>
      (await this.#office.as('petugas_loket')).cases.recordConsent.mutate({ caseId, kind }),
    );
    if (heard) this.counts.words += 1;
  }

  async #attach(caseId: string): Promise<void> {
    const file = drawFile(this.#random);
    await this.#does(async () => {
      this.#files.add(await this.#office.attach('petugas_loket', { caseId, ...file }));
      this.counts.files += 1;
    });
  }

  /** @returns the case that the province changed; null where none of those looked at stands there, or nobody is there */
  async #change(path: string, value: string): Promise<string | null> {
    for (const caseId of this.#random.shuffled([...this.acknowledged]).slice(0, tries)) {
      const change = {
        caseId,
        edits: [{ path, value }],
        by: 'Dinas Sosial',
        reason: 'Pemutakhiran provinsi',
      };
      const version = await whereThere(
        this.#province,
        async (pool) => await changeCase(pool, change, this.#province.now()),
      );
      if (version === null) continue;
      this.counts.province_changes += 1;
      return caseId;
    }
    return null;
  }

  /** True only where the program said that it is done. @throws what it should not have said */
  async #does(work: () => Promise<unknown>): Promise<boolean> {
    const full = this.#office.isDiskFull;
    try {
      await work();
      return true;
    } catch (cause) {
      const why = refusalOf(cause);
      // The office was killed over it: what it did is in its register, or it is not.
      if (why === null || overtaken.includes(why)) return false;
      // On a full disk: nothing was saved.
      if (why !== 'internal' || !(full || this.#office.isDiskFull)) throw cause;
      this.counts.refused_saves += 1;
      return false;
    }
  }

  /** What the program said to be saved and the register does not hold, in sentences without personal data. */
  lost(db: WritableDb): string[] {
    const approved = db.prepare(`SELECT 1 FROM correction WHERE id = ? AND state = 'disetujui'`);
    const file = db.prepare('SELECT 1 FROM attachment_link WHERE id = ?');
    return [
      ...[...this.#corrections]
        .filter((id) => approved.get(id) === undefined)
        .map((id) => `correction ${id}: approved, and not kept`),
      ...[...this.#files]
        .filter((id) => file.get(id) === undefined)
        .map((id) => `file ${id}: taken in, and not kept`),
    ];
  }
}

/** Work on the province's database; null also where that is killed meanwhile. */
async function whereThere<Result>(
  province: RealProvince,
  work: (pool: Pool) => Promise<Result>,
): Promise<Result | null> {
  try {
    return await province.aside(work);
  } catch (cause) {
    if (isGone(cause)) return null;
    throw cause;
  }
}

/** Operator intervention, and what concerns the connection itself, by PostgreSQL's classes of errors. */
function isGone(cause: unknown): boolean {
  if (cause instanceof DatabaseError) return /^(57P|08)/.test(cause.code ?? '');
  return cause instanceof Error && /ECONN|EPIPE|Connection terminated/.test(`${cause.name} ${cause.message}`);
}
