import { describe, expect, it } from 'vitest';
import type { MatchCandidate } from '../../../shared/contract/identification.ts';
import {
  choose,
  giveReason,
  givenOf,
  goOn,
  goTo,
  nothingSaid,
  openJudging,
  saidBefore,
  saidOf,
  say,
  settledOf,
  undo,
  withdraw,
} from './judging.ts';
import { meantBy } from './NotSameReason.tsx';
import {
  chooseOther,
  chosenOther,
  countUndecided,
  decide,
  firstUndecided,
  initialVerdicts,
  nextUndecided,
  type Pair,
  withProposals,
  withReason,
  withoutReason,
} from './verdicts.ts';

function candidate(personId: string): Pair['candidate'] {
  return {
    personId,
    householdId: '1',
    name: personId,
    probability: 1,
    evidence: {
      fields: [],
      householdFields: [],
      judgement: { probability: 1, verdict: '', doubts: [], whatIf: [] },
    },
    linkedWith: null,
    notSame: null,
  };
}

function pair(memberId: string, sure: boolean, others: MatchCandidate[] = []): Pair {
  return {
    key: `${memberId} p${memberId}`,
    source: 'DTKS',
    modelOrigin: '',
    memberId,
    memberName: memberId,
    relation: '',
    sure,
    proposes: memberId !== 'c',
    candidate: candidate(`p${memberId}`),
    others,
  };
}

const stranger = candidate('stranger');
const pairs = [pair('a', true), pair('b', false, [stranger]), pair('c', false)];

describe('verdicts on pairs', () => {
  it('begin with what the program is sure of', () => {
    const verdicts = initialVerdicts(pairs);
    expect([...verdicts.values()]).toEqual([
      { memberId: 'a', personId: 'pa', verdict: 'sama', reason: null },
    ]);
    expect(countUndecided(pairs, verdicts)).toBe(2);
    expect(firstUndecided(pairs, verdicts)).toBe(1);
    expect(firstUndecided(pairs.slice(0, 1), verdicts)).toBe(0);
  });

  it('show the result by what the program proposes, while they are not given', () => {
    const shown = withProposals(pairs, initialVerdicts(pairs));
    expect(shown.map((verdict) => [verdict.memberId, verdict.verdict])).toEqual([
      ['a', 'sama'],
      ['b', 'sama'],
    ]);
  });

  it('lead to the next undecided pair, round again, and stay where none is left', () => {
    let verdicts = initialVerdicts(pairs);
    expect(nextUndecided(pairs, verdicts, 0)).toBe(1);
    expect(nextUndecided(pairs, verdicts, 2)).toBe(1);
    verdicts = decide(
      decide(verdicts, pairs[1] ?? pair('x', false), 'sama'),
      pairs[2] ?? pair('x', false),
      'bukan',
    );
    expect(countUndecided(pairs, verdicts)).toBe(0);
    expect(nextUndecided(pairs, verdicts, 2)).toBe(2);
  });

  it('take another candidate for the asked one, and take that back', () => {
    const asked = pairs[1] ?? pair('x', false);
    const chosen = chooseOther(initialVerdicts(pairs), asked, stranger);
    expect(chosen.get(asked.key)?.verdict).toBe('bukan');
    expect(chosenOther(chosen, asked)).toBe(stranger);
    const back = decide(chosen, asked, 'sama');
    expect(chosenOther(back, asked)).toBeNull();
    expect(back.get(asked.key)?.verdict).toBe('sama');
  });
});

describe('a "bukan"', () => {
  it('says what differs, and asks for words where nothing does', () => {
    const [, asked] = pairs;
    if (asked === undefined) throw new Error('There are three pairs.');
    const equal = decide(new Map(), asked, 'bukan');
    expect(withoutReason(pairs, equal)).toEqual([asked]);
    expect(withoutReason(pairs, withReason(equal, asked, 'Kakaknya'))).toEqual([]);
    const differing = {
      ...asked,
      candidate: {
        ...asked.candidate,
        evidence: {
          ...asked.candidate.evidence,
          fields: (['NIK', 'Tanggal lahir'] as const).map((label) => ({
            field: 'nik' as const,
            label,
            reported: '1',
            reference: '2',
            verdict: 'beda' as const,
            changes: true,
            note: null,
          })),
        },
      },
    };
    expect(decide(new Map(), differing, 'bukan').get(asked.key)?.reason).toBe(
      'NIK dan tanggal lahir berbeda',
    );
  });
});

describe('a slip of T', () => {
  const [first, second, third] = pairs;
  if (first === undefined || second === undefined || third === undefined)
    throw new Error('There are three pairs.');

  it('leaves no reason by the keys that follow it', () => {
    const slipped = decide(new Map(), second, 'bukan');
    for (const keys of ['', 'j', 'jj', 'jl', 'jjjj', '12345'])
      expect(withoutReason(pairs, withReason(slipped, second, keys)), keys).toEqual([second]);
    expect(withoutReason(pairs, withReason(slipped, second, 'ibu'))).toEqual([]);
  });

  it('is taken back by Esc before a reason is written, and by Ctrl+Z in the empty field', () => {
    const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false });
    for (const reason of ['', 'j']) expect(meantBy(press('Escape'), reason), reason).toBe('withdraw');
    expect(meantBy(press('z', true), '')).toBe('withdraw');
    // There it undoes what was typed, and Esc leaves the case.
    expect(meantBy(press('z', true), 'j')).toBeNull();
    expect(meantBy(press('Escape'), 'Kakaknya')).toBeNull();
    expect([meantBy(press('Enter'), 'j'), meantBy(press('Enter', true), 'Kakaknya')]).toEqual([null, null]);
    expect(meantBy(press('Enter'), 'Kakaknya')).toBe('next');
  });

  it('leaves the pair as it stood before', () => {
    const open = openJudging(pairs, [], 0);
    const slipped = say(open, pairs, second, 'bukan', 1000);
    expect(withdraw(slipped, pairs, second, 2000)).toEqual(open);
    // Left and opened again, or with other verdicts since: the pair alone.
    const back = openJudging(pairs, givenOf(slipped, pairs), 0);
    expect(withdraw(back, pairs, second, 2000).verdicts).toEqual(open.verdicts);
    const further = goTo(say(goTo(slipped, 2, 2000), pairs, third, 'sama', 3000), 1, 4000);
    const withdrawn = withdraw(further, pairs, second, 5000);
    expect([withdrawn.verdicts.has(second.key), withdrawn.verdicts.get(third.key)?.verdict]).toEqual([
      false,
      'sama',
    ]);
    expect(withdrawn.judged.has(second.key)).toBe(false);
    // What the program is sure of stands again as its proposal.
    const sure = withdraw(say(goTo(back, 0, 1000), pairs, first, 'bukan', 2000), pairs, first, 3000);
    expect(sure.verdicts.get(first.key)?.verdict).toBe('sama');
  });

  it('once its reason is written, goes on to the next undecided pair', () => {
    const decided = say(openJudging(pairs, [], 0), pairs, second, 'sama', 1000);
    const last = giveReason(say(decided, pairs, third, 'bukan', 2000), third, 'Kakaknya');
    // Nobody is left: it stays.
    expect(goOn(last, pairs, 3000).at).toBe(2);
    const skipped = goTo(openJudging(pairs, [], 0), 2, 1000);
    const said = giveReason(say(skipped, pairs, third, 'bukan', 2000), third, 'Kakaknya');
    // Not to the first, which is settled.
    expect(goOn(said, pairs, 3000).at).toBe(1);
  });
});

describe('judging a case', () => {
  it('takes verdicts back one by one, and leads to where each was given', () => {
    const open = openJudging(pairs, [], 0);
    const [, second, third] = pairs;
    if (second === undefined || third === undefined) throw new Error('There are three pairs.');
    const after = say(say(open, pairs, second, 'sama', 1000), pairs, third, 'bukan', 2000);
    expect(countUndecided(pairs, after.verdicts)).toBe(0);
    const once = undo(goTo(after, 0, 3000), 3000);
    expect([once.at, once.verdicts.has(third.key), once.verdicts.has(second.key)]).toEqual([2, false, true]);
    const twice = undo(once, 4000);
    expect([twice.at, countUndecided(pairs, twice.verdicts)]).toEqual([1, 2]);
    expect(undo(twice, 5000)).toBe(twice);
  });

  it('offers what was undone after it was recorded as it had been given', () => {
    const judging = openJudging(
      pairs,
      [{ memberId: 'c', personId: 'pc', verdict: 'bukan', reason: 'Usianya lain' }],
      0,
    );
    expect(judging.verdicts.get('c pc')?.verdict).toBe('bukan');
    expect([...judging.judged]).toEqual(['c pc']);
    expect(judging.at).toBe(1);
  });

  it('goes on where it was left: with every verdict, reason and other choice, and nothing of the program’s own', () => {
    const [, second, third] = pairs;
    if (second === undefined || third === undefined) throw new Error('There are three pairs.');
    const open = openJudging(pairs, [], 0);
    expect(givenOf(open, pairs)).toEqual([]);
    const left = giveReason(choose(open, pairs, second, stranger, 1000), third, 'Kakaknya');
    expect(givenOf(left, pairs).map(({ personId, verdict }) => [personId, verdict])).toEqual([
      ['pb', 'bukan'],
      ['stranger', 'sama'],
    ]);
    const said = giveReason(say(left, pairs, third, 'bukan', 2000), third, 'Kakaknya');
    const back = openJudging(pairs, givenOf(said, pairs), 0);
    expect(back.verdicts).toEqual(said.verdicts);
    expect(back.again.size).toBe(0);
    expect(back.judged).toEqual(said.judged);
    expect(givenOf(undo(said, 3000), pairs)).toHaveLength(2);
  });

  it('leaves out what was said of a pair that is no longer asked about', () => {
    const [first, second, third] = pairs;
    if (first === undefined || second === undefined || third === undefined)
      throw new Error('There are three pairs.');
    const said = say(say(openJudging(pairs, [], 0), pairs, second, 'sama', 1000), pairs, third, 'sama', 2000);
    const back = openJudging([first, third], givenOf(said, pairs), 0);
    expect([...back.verdicts.keys()]).toEqual([first.key, third.key]);
    expect([...back.judged]).toEqual([third.key]);
  });

  it('asks again for what was said before the case changed, with every verdict and reason still there', () => {
    const [, second, third] = pairs;
    if (second === undefined || third === undefined) throw new Error('There are three pairs.');
    const left = say(
      say(openJudging(pairs, [], 0), pairs, second, 'sama', 1000),
      pairs,
      third,
      'bukan',
      2000,
    );
    const kept = { ...nothingSaid, version: 1, given: givenOf(giveReason(left, third, 'Kakaknya'), pairs) };
    expect(saidBefore(kept, 1)).toEqual([]);
    const again = saidBefore(kept, 2);
    const back = openJudging(pairs, kept.given, 3000, again);
    expect([[...back.judged], [...back.again], back.at]).toEqual([[], [second.key, third.key], 1]);
    expect(back.verdicts.get(third.key)).toMatchObject({ verdict: 'bukan', reason: 'Kakaknya' });
    expect(countUndecided(pairs, settledOf(back))).toBe(2);
    const one = say(back, pairs, second, 'sama', 4000);
    expect([[...one.judged], [...one.again], one.at]).toEqual([[second.key], [third.key], 2]);
    // Left again half way: what was looked at is looked at, and what was not is kept.
    const half = { ...kept, version: 2, given: givenOf(one, pairs), again: [...one.again] };
    const reopened = openJudging(pairs, half.given, 5000, saidBefore(half, 2));
    expect(reopened).toMatchObject({ judged: one.judged, again: one.again, at: 2, verdicts: one.verdicts });
    // "Bukan" once more leaves the words as they are; writing others is a look as well.
    const said = say(reopened, pairs, third, 'bukan', 6000);
    expect(said.verdicts.get(third.key)?.reason).toBe('Kakaknya');
    expect([said.again.size, countUndecided(pairs, settledOf(said))]).toEqual([0, 0]);
    const written = giveReason(reopened, third, 'Iparnya');
    expect([written.again.size, written.judged.has(third.key)]).toEqual([0, true]);
    // Changed once more before anybody looked: all of it.
    expect(saidBefore(half, 3)).toEqual([second.key, third.key]);
    expect(undo(said, 7000).again).toEqual(one.again);
  });

  it('asks again for what was recorded, undone, and is older than the case, unless somebody has begun anew', () => {
    const [, second, third] = pairs;
    if (second === undefined || third === undefined) throw new Error('There are three pairs.');
    const earlier = givenOf(
      say(say(openJudging(pairs, [], 0), pairs, second, 'sama', 1000), pairs, third, 'bukan', 2000),
      pairs,
    );
    const undone = (earlierVersion: number | null) =>
      saidBefore(saidOf(nothingSaid, { earlier, earlierVersion }), 2);
    expect(undone(2)).toEqual([]);
    expect(undone(1)).toEqual([second.key, third.key]);
    // Recorded by a program that did not note on which.
    expect(undone(null)).toEqual([second.key, third.key]);
    const begun = { ...nothingSaid, version: 2, given: earlier.slice(0, 1) };
    expect(saidOf(begun, { earlier, earlierVersion: 1 })).toEqual({
      version: 2,
      given: begun.given,
      again: [],
    });
  });

  it('takes no verdict on a pair that only just came up: by a verdict, by going there, by undoing, by opening', () => {
    const [, second, third] = pairs;
    if (second === undefined || third === undefined) throw new Error('There are three pairs.');
    const open = openJudging(pairs, [], 1000);
    expect(say(open, pairs, second, 'sama', 1399)).toBe(open);
    const first = say(open, pairs, second, 'sama', 1400);
    expect(first.at).toBe(2);
    // The hand that fell twice.
    expect(say(first, pairs, third, 'sama', 1500)).toBe(first);
    expect(say(first, pairs, third, 'sama', 1800).verdicts.has(third.key)).toBe(true);
    const gone = goTo(first, 0, 2000);
    expect(say(gone, pairs, second, 'bukan', 2399)).toBe(gone);
    const back = undo(gone, 3000);
    expect(say(back, pairs, second, 'bukan', 3399)).toBe(back);
    // Where the pair stays, so does the time since it came up.
    const unexplained = say(back, pairs, second, 'bukan', 3400);
    expect(unexplained.at).toBe(1);
    expect(say(unexplained, pairs, second, 'sama', 3401).verdicts.get(second.key)?.verdict).toBe('sama');
  });
});
