import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Job, JobPool } from './job-pool.ts';

const worker = new URL('../../tests/fixtures/job-worker.ts', import.meta.url);
const logged: unknown[] = [];
const logFailure = (cause: unknown): string => {
  logged.push(cause);
  return 'RUJUKAN';
};
let pool = new JobPool({ logFailure, patience: 300 });

afterEach(async () => {
  await pool.close();
  pool = new JobPool({ logFailure, patience: 300 });
  logged.length = 0;
});

function start(
  what: string,
  own: { onEnd?: (state: string) => Promise<void>; ownerId?: string; background?: boolean } = {},
): Job {
  return pool.start({ kind: 'test:run', worker, input: { do: what }, ownerId: 'ani', ...own });
}

async function ended(job: Job): Promise<Job> {
  while (job.state === 'menunggu' || job.state === 'berjalan')
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  return job;
}

async function running(job: Job): Promise<void> {
  while (job.state !== 'berjalan')
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
}

describe('a job', () => {
  it('runs in its worker and brings the answer', async () => {
    expect(await ended(start('answer'))).toMatchObject({
      state: 'selesai',
      result: { said: 'selesai' },
      problem: null,
    });
  });

  it('tells how far it is, and ends at its whole', async () => {
    const job = await ended(start('progress'));
    expect(job).toMatchObject({ state: 'selesai', total: 100, done: 100, message: 'Menghitung' });
  });

  it('says why it was refused, in the words of the catalogue', async () => {
    expect(await ended(start('refuse'))).toMatchObject({
      state: 'gagal',
      problem: { code: 'import_open_quote', message: expect.stringContaining('baris 7') },
    });
  });

  it('that breaks is logged, and shown with the reference alone', async () => {
    const job = await ended(start('break'));
    expect(job).toMatchObject({ state: 'gagal', problem: { code: 'job_failed' } });
    expect(JSON.stringify(job.problem)).toContain('RUJUKAN');
    expect(JSON.stringify(job)).not.toContain('3171014101800001');
    expect(logged).toHaveLength(1);
  });

  it('whose worker vanishes without a word has failed', async () => {
    expect(await ended(start('vanish'))).toMatchObject({ state: 'gagal', problem: { code: 'job_failed' } });
  });

  it('runs after the one before it, one at a time', async () => {
    const first = start('wait');
    const second = start('answer');
    await running(first);
    expect(second.state).toBe('menunggu');
    pool.cancel(first);
    expect((await ended(second)).state).toBe('selesai');
    expect(first.state).toBe('dihentikan');
  });

  it('tells how it ended before it counts as ended', async () => {
    const states: string[] = [];
    const job = start('answer', { onEnd: async (state) => void states.push(`${state}/${job.state}`) });
    await ended(job);
    expect(states).toEqual(['selesai/berjalan']);
  });

  it('has ended also when what comes after it fails', async () => {
    const job = await ended(start('answer', { onEnd: () => Promise.reject(new Error('disk full')) }));
    expect(job.state).toBe('selesai');
    expect(logged).toHaveLength(1);
  });
});

describe('a worker', () => {
  const threadOf = async () => (await ended(start('thread'))).result;

  it('serves one job, and ends with it', async () => {
    expect(await threadOf()).not.toBe(await threadOf());
  });

  describe('that is kept', () => {
    beforeEach(() => {
      pool = new JobPool({ logFailure, patience: 300, keep: 60_000 });
    });

    it('serves the next job too, also after one that was refused or stopped', async () => {
      const first = await threadOf();
      expect((await ended(start('refuse'))).problem?.code).toBe('import_open_quote');
      const stopped = start('wait');
      await running(stopped);
      pool.cancel(stopped);
      expect((await ended(stopped)).state).toBe('dihentikan');
      expect(await ended(start('progress'))).toMatchObject({ state: 'selesai', done: 100 });
      expect(await threadOf()).toBe(first);
    });

    it('is followed by another where it broke, vanished or did not listen', async () => {
      const threads = [await threadOf()];
      for (const fault of ['break', 'vanish', 'hang']) {
        const job = start(fault);
        await running(job);
        if (fault === 'hang') pool.cancel(job);
        await ended(job);
        threads.push(await threadOf());
      }
      expect(new Set(threads).size).toBe(4);
    });

    it('is let go when nothing more comes', async () => {
      pool = new JobPool({ logFailure, keep: 50 });
      const first = await threadOf();
      await pause(500);
      expect(await threadOf()).not.toBe(first);
      expect(logged).toEqual([]);
    });
  });
});

describe('a job in the background', () => {
  /** Waits until it has taken a step; what it tells comes ten times a second. */
  async function step(job: Job): Promise<void> {
    const { done } = job;
    while (job.done <= done) await pause(20);
  }

  async function rests(job: Job): Promise<boolean> {
    await pause(200);
    const { done } = job;
    await pause(300);
    return job.done === done;
  }

  it('lets every other job go ahead, also one that comes when it runs, and then goes on', async () => {
    const behind = start('steps', { background: true });
    await running(behind);
    await step(behind);
    const [urgent, next] = [start('wait'), start('answer')];
    await running(urgent);
    expect([await rests(behind), behind.state, next.state]).toEqual([true, 'berjalan', 'menunggu']);
    pool.cancel(urgent);
    expect((await ended(next)).state).toBe('selesai');
    await step(behind);
  });

  it('begins when no other waits, and can be stopped while it rests', async () => {
    const urgent = start('wait');
    const behind = start('steps', { background: true });
    const next = start('wait');
    pool.cancel(urgent);
    await running(next);
    expect(behind.state).toBe('menunggu');
    pool.cancel(next);
    await running(behind);
    const last = start('wait');
    await running(last);
    pool.cancel(behind);
    expect((await ended(behind)).state).toBe('dihentikan');
    expect(last.state).toBe('berjalan');
  });
});

describe('stopping', () => {
  it('is asked for, and the worker ends by itself', async () => {
    const job = start('wait');
    await running(job);
    pool.cancel(job);
    expect(await ended(job)).toMatchObject({ state: 'dihentikan', problem: { code: 'import_cancelled' } });
  });

  it('ends a worker that does not listen', async () => {
    const job = start('hang');
    await running(job);
    pool.cancel(job);
    expect(await ended(job)).toMatchObject({ state: 'dihentikan' });
  });

  it('drops a job that still waits', async () => {
    const first = start('wait');
    const second = start('answer');
    pool.cancel(second);
    expect(await ended(second)).toMatchObject({ state: 'dihentikan', result: null });
    pool.cancel(first);
  });

  it('of the whole pool waits until no worker runs', async () => {
    const jobs = [start('hang'), start('wait')];
    await pool.close();
    expect(jobs.map((job) => job.state)).toEqual(['dihentikan', 'dihentikan']);
  });
});

describe('asking', () => {
  it('finds one’s own job of the feature, nobody else’s', async () => {
    const job = await ended(start('answer'));
    expect(pool.get('ani', 'test:', job.id)).toBe(job);
    for (const [owner, kind, id] of [
      ['budi', 'test:', job.id],
      ['ani', 'reference:', job.id],
      ['ani', 'test:', 'nothing'],
    ] as const)
      expect(() => pool.get(owner, kind, id)).toThrow(expect.objectContaining({ code: 'job_lost' }));
  });
});
