import { describe, expect, it } from 'vitest';
import { emptyVisit, VisitEntry } from '../../shared/domain/visit-entry.ts';
import { KeptText } from './kept-text.ts';
import { KeptStates } from './use-kept-state.ts';

const theirs = emptyVisit('Rina Wulandari');
const mine = { ...emptyVisit('Rina Wulandari'), note: 'Rumah di ujung gang' };

function keptOf(states: KeptStates, sheet: string) {
  return new KeptText(states, sheet, VisitEntry);
}

describe('what was typed of a record and not saved', () => {
  it('goes on where it was left, on the version it was typed on', () => {
    const states = new KeptStates();
    keptOf(states, 'a').keep(3, mine);
    const again = keptOf(states, 'a');
    expect(again.open(3, theirs)).toEqual(mine);
    expect(again.aside()).toBeNull();
    expect(keptOf(states, 'b').open(3, theirs)).toBeNull();
  });

  it('is only offered where a colleague saved since, and stays so until it is taken or thrown away', () => {
    const states = new KeptStates();
    keptOf(states, 'a').keep(3, mine);
    expect(keptOf(states, 'a').open(4, theirs)).toBeNull();
    const again = keptOf(states, 'a');
    again.keep(4, { ...mine, note: 'Sesudah membaca isian rekan' });
    expect(again.aside()).toEqual(mine);
    again.drop();
    expect(again.open(4, theirs)).toBeNull();
    expect(again.aside()).toEqual(mine);
    again.dropAside();
    expect(again.aside()).toBeNull();
  });

  it('goes on from the version that the own saving made, and from no other', () => {
    const visit = keptOf(new KeptStates(), 'a');
    visit.rebase(3, 4);
    expect(visit.open(4, theirs)).toBeNull();
    visit.keep(3, mine);
    visit.rebase(2, 4);
    visit.rebase(3, 4);
    expect(visit.open(4, theirs)).toEqual(mine);
  });

  it('goes on where the answer to the own saving was lost and the office holds it, but not where a colleague saved', () => {
    const typedSince = { ...mine, note: 'Rumah di ujung gang, pagar biru' };
    const states = new KeptStates();
    const visit = keptOf(states, 'a');
    visit.keep(3, mine);
    visit.noteSent(mine);
    visit.keep(3, typedSince);
    expect(keptOf(states, 'a').open(4, mine)).toEqual(typedSince);
    expect(visit.aside()).toBeNull();

    visit.noteSent(typedSince);
    expect(keptOf(states, 'a').open(5, theirs)).toBeNull();
    expect(visit.aside()).toEqual(typedSince);
  });
});
