export interface NormalisedAddress {
  /** Street name without its kind: `KEBON SIRIH`. */
  street: string[];
  /** House number, blok and kav, joined: `12A`, `B 3`. */
  number: string;
  rt: number | null;
  rw: number | null;
  kelurahan: string | null;
  rules: string[];
}

export interface RawAddress {
  street: string | null;
  rt: number | null;
  rw: number | null;
  /** Kemendagri code. Names are never compared: units are renamed and split. */
  kelurahan: string | null;
}

const kinds =
  /\b(JALAN|JLN|JL|GANG|GG|KAMPUNG|KAMP|KP|DUSUN|DSN|PERUMAHAN|PERUM|KOMPLEKS|KOMPLEK|KOMP|RUSUN|RUSUNAWA|LORONG|LR|KEL|KELURAHAN|KEC|KECAMATAN)\b/g;

/** Reads an address; RT and RW written into the street (`RT 003/RW 05`, `003/005`) are found. */
export function normaliseAddress(raw: RawAddress): NormalisedAddress {
  const rules: string[] = [];
  let text = ` ${(raw.street ?? '').toUpperCase().replace(/['’`"]/g, '')} `;
  let { rt, rw } = raw;
  const found =
    /\bRT\s*[.:]?\s*(\d{1,3})(?:[\s,/-]*RW\s*[.:]?\s*|\s*\/\s*)(\d{1,3})\b/.exec(text) ??
    /\b(0\d{1,2})\s*\/\s*(0\d{1,2})\b/.exec(text);
  if (found) {
    text = text.replace(found[0], ' ');
    if (rt === null && rw === null) {
      rt = Number(found[1]);
      rw = Number(found[2]);
      rules.push(`RT ${rt}/RW ${rw} dibaca dari alamat`);
    }
  }
  const number = /\b(?:NOMOR|NOMER|NO)\s*[.:]?\s*(\d+\s*[A-Z]?)\b/.exec(text);
  const block = /\b(?:BLOK|BLK)\s*[.:]?\s*([A-Z0-9]+)\b/.exec(text);
  const plot = /\b(?:KAVLING|KAV)\s*[.:]?\s*([A-Z0-9]+)\b/.exec(text);
  for (const hit of [number, block, plot]) if (hit) text = text.replace(hit[0], ' ');
  const street = text
    .replace(/[^A-Z0-9]+/g, ' ')
    .replace(kinds, ' ')
    .split(' ')
    .filter((token) => token !== '');
  const parts = [block?.[1], plot?.[1], number?.[1]?.replace(/\s/g, '')].filter((part) => part !== undefined);
  return { street, number: parts.join(' '), rt, rw, kelurahan: raw.kelurahan, rules };
}
