import { type Instrument, type InstrumentOption, questionsOf } from './instrument.ts';

/** The photos that a visit under this instrument should bring, in the paper's order; none where it asks none. */
export function photosOf(instrument: Pick<Instrument, 'process'>): readonly InstrumentOption[] {
  return questionsOf(instrument.process).find(({ kept }) => kept?.from === 'photos')?.options ?? [];
}

/** Those of which no file is kept with the case. */
export function missingPhotos(
  instrument: Pick<Instrument, 'process'>,
  files: readonly { slot: string }[],
): readonly InstrumentOption[] {
  return photosOf(instrument).filter(({ code }) => !files.some(({ slot }) => slot === code));
}
