import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { branchesOf, hashRoot, type ProofLeaf } from './proof.ts';

/** No two texts share it, which is all that the tree asks of a hash. */
const sha256 = (text: string): string => `#${text}`;
const randomUUID = (): string => globalThis.crypto.randomUUID();
const kelurahan = '31.71.01.1001';

type Placed = ProofLeaf & { kelurahan: string; rw: number };

function leaf(change: Partial<Placed> = {}): Placed {
  return {
    caseId: randomUUID(),
    key: randomUUID(),
    kind: 'case.legalised',
    number: 'MPM-1',
    hash: sha256(randomUUID()),
    kelurahan,
    rw: 1,
    ...change,
  };
}

const rootOf = (leaves: readonly Placed[]): string => hashRoot(branchesOf(leaves, sha256), sha256);

const placed = fc
  .record({ caseId: fc.uuid(), key: fc.uuid(), rw: fc.integer({ min: 1, max: 4 }), salt: fc.string() })
  .map(({ salt, ...rest }) => leaf({ ...rest, hash: sha256(salt) }));
const offices = fc.uniqueArray(placed, { selector: ({ caseId }) => caseId, minLength: 1, maxLength: 30 });

describe('the tree of hashes', () => {
  it('is the same whatever the order the leaves come in', () => {
    fc.assert(
      fc.property(offices, fc.integer(), (leaves, seed) => {
        const turned = leaves.toSorted(
          (left, right) => ((left.rw * 31 + seed) % 7) - ((right.rw * 31 + seed) % 7),
        );
        expect(rootOf(turned.toReversed())).toBe(rootOf(leaves));
      }),
    );
  });

  it('changes with any record that is missing, other, or in another RW, in its own branch only', () => {
    fc.assert(
      fc.property(offices, fc.nat(), fc.constantFrom('missing', 'hash', 'key', 'rw'), (leaves, nth, what) => {
        const at = nth % leaves.length;
        const before = leaves[at];
        if (before === undefined) throw new Error('no leaf');
        const other = {
          missing: [],
          hash: [{ ...before, hash: sha256(`${before.hash}!`) }],
          key: [{ ...before, key: randomUUID() }],
          rw: [{ ...before, rw: before.rw + 5 }],
        }[what];
        const changed = leaves.toSpliced(at, 1, ...other);
        expect(rootOf(changed)).not.toBe(rootOf(leaves));
        const untouched = branchesOf(leaves, sha256).filter(({ rw }) => rw !== before.rw);
        expect(branchesOf(changed, sha256)).toEqual(expect.arrayContaining(untouched));
      }),
    );
  });

  it('counts the cases of each RW, in order', () => {
    const leaves = [leaf({ rw: 10 }), leaf({ rw: 2 }), leaf({ rw: 10 })];
    expect(branchesOf(leaves, sha256)).toMatchObject([
      { rw: 2, cases: 1 },
      { rw: 10, cases: 2 },
    ]);
  });
});
