import { Sex, sexLabel } from '../../shared/domain/person.ts';

/** One answer of a coded field: what is kept, the number typed for it, and what it means. */
export interface CodeOption {
  value: string;
  /** As printed on paper: `1`, `12`. */
  key: string;
  label: string;
}

/** `1` for a man, `2` for a woman: as every questionnaire numbers them. */
export const sexOptions: readonly CodeOption[] = Sex.options.map((value, index) => ({
  value,
  key: String(index + 1),
  label: sexLabel[value],
}));

/**
 * What a coded field keeps after its text changed: the value of the number (or letter) typed. The
 * last character counts where the whole is no code, so that typing over a chosen code just works;
 * anything else is kept as typed, for the form to say what is wrong with it.
 */
export function readCode(options: readonly CodeOption[], text: string): string {
  const typed = text.trim();
  const chosen = findCode(options, typed) ?? findCode(options, typed.slice(-1));
  return chosen?.value ?? typed;
}

export function optionOf(options: readonly CodeOption[], value: string): CodeOption | null {
  return options.find((option) => option.value === value) ?? null;
}

function findCode(options: readonly CodeOption[], typed: string): CodeOption | undefined {
  if (typed === '') return undefined;
  const wanted = typed.toLowerCase();
  return options.find(
    (option) => option.key.toLowerCase() === wanted || option.value.toLowerCase() === wanted,
  );
}
