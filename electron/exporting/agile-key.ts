import { hash } from 'node:crypto';
import type agile from 'officecrypto-tool/src/crypto/ecma376_agile.js';

type ToKey = typeof agile.convertPasswordToKey;

/**
 * The keys that ECMA-376 agile encryption makes of one password and salt: they differ in their last hash alone, and the
 * rounds before it, which take a processor as long as all the rest, are gone through once. The library goes through
 * them for each of its three keys.
 */
export function agileKeys(): ToKey {
  const spun = new Map<string, Buffer>();
  return (password, hashAlgorithm, salt, rounds, keyBits, blockKey) => {
    const of = JSON.stringify([password, hashAlgorithm, salt.toString('base64'), rounds]);
    const last = spun.get(of) ?? spin(password, hashAlgorithm, salt, rounds);
    spun.set(of, last);
    return hash(hashAlgorithm, Buffer.concat([last, blockKey]), 'buffer').subarray(0, keyBits / 8);
  };
}

/** H(salt + password), then H(round + hash) for each round ([MS-OFFCRYPTO] 2.3.4.11). */
function spin(password: string, hashAlgorithm: string, salt: Buffer, rounds: number): Buffer {
  const first = hash(hashAlgorithm, Buffer.concat([salt, Buffer.from(password, 'utf16le')]), 'buffer');
  const block = Buffer.concat([Buffer.alloc(4), first]);
  for (let round = 0; round < rounds; round += 1) {
    block.writeUInt32LE(round);
    hash(hashAlgorithm, block, 'buffer').copy(block, 4);
  }
  return block.subarray(4);
}
