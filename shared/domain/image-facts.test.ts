import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { photo } from '../../tests/fixtures/photo.ts';
import { exifSegmentOf, readImageFacts, withExif } from './image-facts.ts';

describe('what a photo says of itself', () => {
  it('is its size, where and when it was taken', () => {
    const facts = readImageFacts(photo());
    expect(facts).toMatchObject({ width: 1_200, height: 900, takenAt: '2026-11-05T09:12:44' });
    expect(facts?.position?.latitude).toBeCloseTo(-6.175, 6);
    expect(facts?.position?.longitude).toBeCloseTo(106.82, 6);
  });

  it('goes over into the scaled photo, which stands upright by itself', () => {
    const segment = exifSegmentOf(photo());
    if (segment === null) throw new Error('No EXIF was found.');
    const scaled = withExif(photo({ width: 800, height: 600, exif: false }), segment);
    expect(readImageFacts(scaled)).toMatchObject({ width: 800, takenAt: '2026-11-05T09:12:44' });
    expect(readImageFacts(scaled)?.position).toEqual(readImageFacts(photo())?.position);
    // The turn stands at the first entry of the first directory; 1 is upright.
    expect(segment[10 + 8 + 2 + 8]).toBe(1);
  });

  it('says nothing of where it was taken without EXIF, and nothing at all where it is cut off', () => {
    expect(readImageFacts(photo({ exif: false }))).toEqual({
      width: 1_200,
      height: 900,
      position: null,
      takenAt: null,
    });
    expect(readImageFacts(photo().subarray(0, 40))).toBeNull();
    expect(readImageFacts(Buffer.from('%PDF-1.7'))).toBeNull();
  });

  it('survives any damage without a crash', () => {
    const whole = photo();
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const damaged = Buffer.from(whole);
        damaged[at] = byte;
        readImageFacts(damaged);
        exifSegmentOf(damaged);
      }),
    );
  });
});
