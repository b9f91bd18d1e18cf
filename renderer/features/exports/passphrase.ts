/** Letters and digits that are not taken for one another when read from paper. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password of 20 characters in groups of five, about 99 bits: `k7mpd-x2hqa-9wvbt-f4cnr`. */
export function newPassphrase(random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): string {
  const letters: string[] = [];
  while (letters.length < 20) {
    for (const byte of random(new Uint8Array(32))) {
      // What lies above the last whole multiple would make some letters likelier than others.
      if (byte < 256 - (256 % alphabet.length) && letters.length < 20)
        letters.push(alphabet[byte % alphabet.length] ?? '');
    }
  }
  return [0, 5, 10, 15].map((at) => letters.slice(at, at + 5).join('')).join('-');
}
