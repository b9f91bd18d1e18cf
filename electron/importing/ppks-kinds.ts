import { z } from 'zod';
import shipped from '../../resources/codes/ppks.json' with { type: 'json' };

const Kind = z.object({
  code: z.string().regex(/^[1-9]\d?$/),
  label: z.string().min(1),
  /** Other words for it that lists use, letters and digits only. */
  words: z.array(z.string().regex(/^[a-z0-9]+$/)),
});
type Kind = z.infer<typeof Kind>;

/** The kinds of PPKS (Pemerlu Pelayanan Kesejahteraan Sosial, formerly PMKS), numbered as exports of SIKS number them. */
export const ppksKinds: readonly Kind[] = z.array(Kind).parse(shipped.kinds);

const reader = ppksReader(ppksKinds);

/** `12`, `Pengemis`, `ODHA; Pemulung` → codes joined with commas; null where one of them is unknown. */
export function readPpks(text: string): string | null {
  return reader(text);
}

/** The kinds of some codes (`8,13`) in words. */
export function ppksInWords(codes: string): string {
  return codes
    .split(',')
    .map((code) => ppksKinds.find((kind) => kind.code === code)?.label ?? code)
    .join(', ');
}

export function ppksReader(kinds: readonly Kind[]): (text: string) => string | null {
  const codes = new Set(kinds.map(({ code }) => code));
  const byWords = new Map(
    kinds.flatMap(({ code, label, words }) =>
      [key(label), key(label.replace(/\s*\(.*\)/, '')), ...words].map((word) => [word, code] as const),
    ),
  );
  const codeOf = (part: string): string | null => {
    const number = /^0*(\d{1,2})\b[.)]?\s*(.*)$/.exec(part)?.[1];
    return number === undefined ? (byWords.get(key(part)) ?? null) : codes.has(number) ? number : null;
  };
  return (text) => {
    const read = text
      .split(/[;,|]/)
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map(codeOf);
    return read.length === 0 || read.includes(null) ? null : [...new Set(read)].join(',');
  };
}

function key(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
