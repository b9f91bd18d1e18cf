import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyDraft, type DraftHousehold } from '../../shared/domain/draft.ts';
import { describeError, type ErrorCode } from '../../shared/errors.ts';
import { ProblemError } from './problem.ts';
import { Autosaver, type SaveState } from './autosaver.ts';

/** An office that keeps what it is given, by version, knows again what it has, and fails when told to. */
class FakeOffice {
  version = 1;
  body: DraftHousehold | null = null;
  saves = 0;
  failing: ErrorCode | null = null;
  loseAnswer = false;

  save = async (version: number, body: DraftHousehold) => {
    this.saves += 1;
    await Promise.resolve();
    if (this.failing !== null) throw new ProblemError({ ...describeError(this.failing), fields: [] });
    if (version === this.version - 1 && this.body !== null && this.body === body)
      return { version: this.version, savedAt: '2026-11-22T03:42:00.000Z' };
    if (version !== this.version)
      throw new ProblemError({ ...describeError('version_conflict', { by: 'Rekan' }), fields: [] });
    this.version += 1;
    this.body = body;
    if (this.loseAnswer) {
      this.loseAnswer = false;
      throw new ProblemError({ ...describeError('office_unreachable'), fields: [] });
    }
    return { version: this.version, savedAt: '2026-11-22T03:42:00.000Z' };
  };
}

let office: FakeOffice;
let states: SaveState[];
let saver: Autosaver<DraftHousehold>;

beforeEach(() => {
  vi.useFakeTimers();
  office = new FakeOffice();
  states = [];
  saver = new Autosaver({
    version: 1,
    savedAt: null,
    save: office.save,
    onState: (state) => states.push(state),
    held: ['version_conflict', 'draft_gone'],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

function body(street: string): DraftHousehold {
  const draft = emptyDraft('0190a000-0000-7000-8000-000000000001', '31.71.01.1001');
  return { ...draft, address: { ...draft.address, street } };
}

describe('saving what is typed', () => {
  it('waits for a pause, then saves the newest text once', async () => {
    for (const text of ['J', 'Jl', 'Jl.']) {
      saver.change(body(text));
      await vi.advanceTimersByTimeAsync(300);
    }
    expect(office.saves).toBe(0);
    await vi.advanceTimersByTimeAsync(600);
    expect(office.saves).toBe(1);
    expect(office.body?.address.street).toBe('Jl.');
    expect(states.at(-1)).toEqual({ savedAt: '2026-11-22T03:42:00.000Z', pending: false, problem: null });
  });

  it('saves within a second of the last keystroke', async () => {
    saver.change(body('a'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(office.body?.address.street).toBe('a');
  });

  it('saves at once when a field is left, and again what was typed meanwhile', async () => {
    saver.change(body('a'));
    const flushed = saver.flush();
    saver.change(body('b'));
    expect(await flushed).toBe(true);
    expect(office.saves).toBe(2);
    expect(office.body?.address.street).toBe('b');
    expect(saver.version).toBe(3);
  });

  it('asks nothing of the office while nothing is unsaved', async () => {
    await saver.flush();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(office.saves).toBe(0);
  });

  it('tries again by itself while the office cannot be reached, with all that was typed', async () => {
    office.failing = 'office_unreachable';
    saver.change(body('a'));
    await vi.advanceTimersByTimeAsync(700);
    expect(states.at(-1)).toMatchObject({ pending: true, problem: { code: 'office_unreachable' } });
    saver.change(body('ab'));
    await vi.advanceTimersByTimeAsync(700);
    office.failing = null;
    await vi.advanceTimersByTimeAsync(3_000);
    expect(office.body?.address.street).toBe('ab');
    expect(states.at(-1)).toMatchObject({ pending: false, problem: null });
  });

  it('sends once more what had no answer also after a log-in in between, and is no colleague of itself', async () => {
    office.loseAnswer = true;
    saver.change(body('a'));
    await vi.advanceTimersByTimeAsync(700);
    saver.change(body('ab'));
    office.failing = 'not_logged_in';
    await vi.advanceTimersByTimeAsync(3_700);
    expect(states.at(-1)).toMatchObject({ pending: true, problem: { code: 'not_logged_in' } });
    office.failing = null;
    await vi.advanceTimersByTimeAsync(3_700);
    expect(office.body?.address.street).toBe('ab');
    expect(states.at(-1)).toMatchObject({ pending: false, problem: null });
  });

  it('never overwrites a colleague: it stops, and keeps what was typed', async () => {
    office.version = 2;
    saver.change(body('a'));
    await vi.advanceTimersByTimeAsync(700);
    expect(states.at(-1)?.problem?.message).toContain('Rekan');
    saver.change(body('b'));
    expect(await saver.flush()).toBe(false);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(office.saves).toBe(1);
    expect(states.at(-1)?.pending).toBe(true);
  });

  it('still tries after its screen is gone, until another goes on with the text', async () => {
    office.failing = 'office_unreachable';
    saver.change(body('a'));
    saver.close();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(office.saves).toBe(2);
    saver.stop();
    office.failing = null;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(office.saves).toBe(2);
    expect(office.body).toBeNull();
  });
});
