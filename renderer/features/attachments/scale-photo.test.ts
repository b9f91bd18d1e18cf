import { describe, expect, it } from 'vitest';
import { fittedSize } from './scale-photo.ts';

describe('a photo that is scaled down', () => {
  it('keeps its shape, and is left alone where it is small enough', () => {
    expect(fittedSize(4_096, 3_072)).toEqual({ width: 2_048, height: 1_536 });
    expect(fittedSize(3_000, 6_000)).toEqual({ width: 1_024, height: 2_048 });
    expect(fittedSize(9_000, 2)).toEqual({ width: 2_048, height: 1 });
    expect(fittedSize(2_048, 100)).toBeNull();
  });
});
