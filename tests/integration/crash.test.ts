import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { firstLine } from './first-line.ts';
import { openTestOffice } from './office.ts';

it('loses nothing of a saved draft when the program is killed', async () => {
  const t = await openTestOffice();
  await t.as('petugas_loket');
  await t.office.close();
  const child = spawn(process.execPath, ['tests/integration/typing-child.ts', t.dataDir, 'Gang Tengah 12'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const line = await firstLine(child.stdout);
    expect(line).toMatch(/^tersimpan [\w-]+ 2$/);
    child.kill('SIGKILL');
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGKILL');
    await t.restart();
    const clerk = await t.as('petugas_loket');
    const [draft] = await clerk.intake.drafts.query();
    expect(draft).toMatchObject({ id: line.split(' ')[1], street: 'Gang Tengah 12', version: 2, mine: true });
    const opened = await clerk.intake.open.query({ draftId: draft?.id ?? '' });
    expect(await clerk.intake.register.mutate({ draftId: opened.id, version: opened.version })).toMatchObject(
      { state: 'TERDAFTAR' },
    );
  } finally {
    child.kill('SIGKILL');
    await t.close();
  }
});
