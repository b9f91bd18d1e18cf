import { describe, expect, it } from 'vitest';
import { gainOf } from './gain.ts';

describe('the gain of a decision', () => {
  it('is nothing where the program does not doubt', () => {
    expect(gainOf({ pairs: [{ probability: 0.9999, doubts: [] }], turns: false, members: 4 })).toEqual({
      persons: 0,
      from: 'none',
    });
  });

  it('is greatest in the middle, and grows with the household where the result hangs on it', () => {
    const even = gainOf({ pairs: [{ probability: 0.5, doubts: ['probability'] }], turns: false, members: 4 });
    const likely = gainOf({
      pairs: [{ probability: 0.95, doubts: ['probability'] }],
      turns: false,
      members: 4,
    });
    const turning = gainOf({
      pairs: [{ probability: 0.95, doubts: ['probability'] }],
      turns: true,
      members: 4,
    });
    expect(even.persons).toBeGreaterThan(likely.persons);
    expect(turning.persons).toBeGreaterThan(likely.persons);
    expect(turning.from).toBe('result');
    expect(even.from).toBe('pair');
  });

  it('does not believe a probability that knows nothing of twins', () => {
    const twins = gainOf({ pairs: [{ probability: 0.99999, doubts: ['twin'] }], turns: false, members: 2 });
    expect(twins.persons).toBe(0.25);
  });

  it('counts the other case that the person already belongs to', () => {
    const both = gainOf({
      pairs: [{ probability: 0.99999, doubts: ['linked_elsewhere'] }],
      turns: false,
      members: 2,
    });
    expect(both).toEqual({ persons: 1.25, from: 'other_case' });
  });
});
