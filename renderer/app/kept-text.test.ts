import { describe, expect, it } from 'vitest';
import { emptyVisit, VisitEntry } from '../../shared/domain/visit-entry.ts';
import { KeptText } from './kept-text.ts';
import { KeptStates } from './use-kept-state.ts';

const mine = { ...emptyVisit('Rina Wulandari'), note: 'Rumah di ujung gang' };

function keptOf(states: KeptStates, sheet: string) {
  return new KeptText(states, sheet, VisitEntry);
}

describe('what was typed of a record and not saved', () => {
  it('goes on where it was left, on the version it was typed on', () => {
    const states = new KeptStates();
    keptOf(states, 'a').keep(3, mine);
    const again = keptOf(states, 'a');
    expect(again.open(3)).toEqual(mine);
    expect(again.aside()).toBeNull();
    expect(keptOf(states, 'b').open(3)).toBeNull();
  });

  it('is only offered where a colleague saved since, and stays so until it is taken or thrown away', () => {
    const states = new KeptStates();
    keptOf(states, 'a').keep(3, mine);
    expect(keptOf(states, 'a').open(4)).toBeNull();
    const again = keptOf(states, 'a');
    again.keep(4, { ...mine, note: 'Sesudah membaca isian rekan' });
    expect(again.aside()).toEqual(mine);
    again.drop();
    expect(again.open(4)).toBeNull();
    expect(again.aside()).toEqual(mine);
    again.dropAside();
    expect(again.aside()).toBeNull();
  });

  it('goes on from the version that the own saving made, and from no other', () => {
    const visit = keptOf(new KeptStates(), 'a');
    visit.rebase(3, 4);
    expect(visit.open(4)).toBeNull();
    visit.keep(3, mine);
    visit.rebase(2, 4);
    visit.rebase(3, 4);
    expect(visit.open(4)).toEqual(mine);
  });
});
