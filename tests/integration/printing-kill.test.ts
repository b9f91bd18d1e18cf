import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Register } from '../../electron/services/register.ts';
import { verifyJournal } from '../../electron/store/journal.ts';
import { firstLine } from './first-line.ts';
import { openKnownOffice, type TestOffice } from './office.ts';
import { printForms, readyCase, sheetsIn } from './visits.ts';

let t: TestOffice;
let register: () => Register;
beforeAll(async () => {
  ({ t, register } = await openKnownOffice());
});
afterAll(() => t.close());

/** Prints as far as the step in a program of its own, and pulls its plug there; the run it began. */
async function printUntilKilled(caseId: string, step: string): Promise<string> {
  await t.office.close();
  const args = ['tests/integration/printing-child.ts', t.dataDir, caseId, step];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [reached, runId = ''] = (await firstLine(child.stdout)).split(' ');
    expect(reached).toBe(step);
    return runId;
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
    await t.restart();
  }
}

it.each([
  [1, 'noted', 'dicatat'],
  [2, 'made', 'dibuat'],
  [3, 'sent', 'dikirim'],
])(
  'a form whose program is killed once print %i was %s can be printed again, and all of it is told',
  async (nth, step, state) => {
    const caseId = await readyCase(t, nth);
    const killed = await printUntilKilled(caseId, step);
    const officer = await t.as('petugas_verifikasi');
    const sheets = async () => (await sheetsIn(officer, null)).filter((sheet) => sheet.caseId === caseId);
    // Noted whole: the step, its sheet and the run, of which nobody has said yet what came of it.
    expect((await officer.cases.get.query({ caseId })).case.state).toBe('DITUGASKAN');
    expect(await sheets()).toMatchObject([{ state: 'dicetak', printNo: 1 }]);
    expect((await officer.printing.unsettled.query()).find(({ id }) => id === killed)?.state).toBe(state);

    await officer.printing.settle.mutate({ runId: killed, outcome: 'gagal', note: 'Listrik padam' });
    await printForms(t, [caseId]);
    const [open] = await officer.printing.unsettled.query();
    await officer.printing.settle.mutate({ runId: open?.id ?? '', outcome: 'keluar', note: null });
    expect(await officer.printing.unsettled.query()).toEqual([]);
    expect((await sheets()).map((sheet) => [sheet.printNo, sheet.state])).toEqual([
      [1, 'batal'],
      [2, 'dicetak'],
    ]);
    const { history } = await officer.cases.get.query({ caseId });
    expect(history.slice(-4).map(({ type }) => type)).toEqual([
      'tugaskan',
      'cetakan_gagal',
      'lembar_dicetak_ulang',
      'cetakan_keluar',
    ]);
    expect(verifyJournal(register().db)).toMatchObject({ intact: true });
  },
);
