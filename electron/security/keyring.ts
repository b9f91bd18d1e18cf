import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { hashRaw } from '@node-rs/argon2';
import { z } from 'zod';

/**
 * The register's key is 32 random bytes that never touch the disk in the clear. The keyring file
 * holds it wrapped once per account (key from the password, argon2id) and once for the printed
 * recovery code. Opening a slot *is* the password check; there is no second password hash.
 * See docs/adr/0003-keys-and-recovery.md.
 */
const Slot = z.object({
  kind: z.enum(['account', 'recovery']),
  /** SHA-256 over the keyring's salt and the lower-case user name; the file holds no names. */
  owner: z.string(),
  salt: z.base64(),
  nonce: z.base64(),
  wrapped: z.base64(),
});
export type Slot = z.infer<typeof Slot>;

const KeyringFile = z.object({
  version: z.literal(1),
  /** Shown before anyone has logged in; no personal data. */
  officeName: z.string(),
  argon2: z.object({ memoryCost: z.int(), timeCost: z.int(), parallelism: z.int() }),
  salt: z.base64(),
  slots: z.array(Slot),
});
type KeyringFile = z.infer<typeof KeyringFile>;

export type Argon2Cost = KeyringFile['argon2'];

/** OWASP's second recommendation for argon2id: about 100 ms on an office PC. */
export const defaultCost: Argon2Cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const recoveryOwner = 'recovery';
/** Without I, L, O and U: nothing on paper can be read as something else. */
const recoveryAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export class Keyring {
  readonly #file: string;
  #content: KeyringFile;

  private constructor(file: string, content: KeyringFile) {
    this.#file = file;
    this.#content = content;
  }

  static exists(file: string): boolean {
    return existsSync(file);
  }

  static open(file: string): Keyring {
    return new Keyring(file, KeyringFile.parse(JSON.parse(readFileSync(file, 'utf8'))));
  }

  /** A keyring without slots; nothing is written before the first slot is set. */
  static create(file: string, officeName: string, cost: Argon2Cost = defaultCost): Keyring {
    return new Keyring(file, {
      version: 1,
      officeName,
      argon2: cost,
      salt: randomBytes(16).toString('base64'),
      slots: [],
    });
  }

  get officeName(): string {
    return this.#content.officeName;
  }

  /** The register's key, or null where the password (or the account) does not fit. */
  async openForAccount(username: string, password: string): Promise<Buffer | null> {
    const slot = this.#find('account', this.#ownerOf(username));
    if (slot === null) {
      // An unknown name costs the same time as a wrong password.
      await this.#derive(password, randomBytes(16));
      return null;
    }
    return this.#unwrap(slot, password);
  }

  async openForRecovery(code: string): Promise<Buffer | null> {
    const slot = this.#find('recovery', recoveryOwner);
    return slot === null ? null : this.#unwrap(slot, normaliseRecoveryCode(code));
  }

  /**
   * A slot for an account, made but not yet in force. Deriving takes long enough for an account to be
   * deactivated meanwhile, so whoever calls {@link put} looks again first, without waiting in between.
   */
  async sealAccount(username: string, password: string, key: Buffer): Promise<Slot> {
    return this.#seal('account', this.#ownerOf(username), password, key);
  }

  /** Puts a slot in the place of the one of the same owner. */
  put(slot: Slot): void {
    const others = this.#content.slots.filter(
      (other) => other.kind !== slot.kind || other.owner !== slot.owner,
    );
    this.#write({ ...this.#content, slots: [...others, slot] });
  }

  removeAccount(username: string): void {
    const owner = this.#ownerOf(username);
    this.#write({
      ...this.#content,
      slots: this.#content.slots.filter((slot) => slot.kind !== 'account' || slot.owner !== owner),
    });
  }

  /** Makes a new recovery code (the old one stops working) and returns it; it is stored nowhere. */
  async renewRecovery(key: Buffer): Promise<string> {
    const code = makeRecoveryCode();
    this.put(await this.#seal('recovery', recoveryOwner, normaliseRecoveryCode(code), key));
    return code;
  }

  #find(kind: Slot['kind'], owner: string): Slot | null {
    return this.#content.slots.find((slot) => slot.kind === kind && slot.owner === owner) ?? null;
  }

  #ownerOf(username: string): string {
    return createHash('sha256')
      .update(this.#content.salt)
      .update(username.trim().toLowerCase())
      .digest('hex');
  }

  async #derive(secret: string, salt: Buffer): Promise<Buffer> {
    return hashRaw(secret.normalize('NFKC'), { ...this.#content.argon2, salt, outputLen: 32 });
  }

  async #seal(kind: Slot['kind'], owner: string, secret: string, key: Buffer): Promise<Slot> {
    const salt = randomBytes(16);
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', await this.#derive(secret, salt), nonce);
    const wrapped = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]);
    return {
      kind,
      owner,
      salt: salt.toString('base64'),
      nonce: nonce.toString('base64'),
      wrapped: wrapped.toString('base64'),
    };
  }

  /** The key in a slot; null where the secret does not fit, or the slot was replaced while it was tried. */
  async #unwrap(slot: Slot, secret: string): Promise<Buffer | null> {
    const sealed = Buffer.from(slot.wrapped, 'base64');
    const decipher = createDecipheriv(
      'aes-256-gcm',
      await this.#derive(secret, Buffer.from(slot.salt, 'base64')),
      Buffer.from(slot.nonce, 'base64'),
    );
    decipher.setAuthTag(sealed.subarray(-16));
    if (!this.#content.slots.includes(slot)) return null;
    try {
      return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    } catch {
      return null;
    }
  }

  /** Whole file or nothing: written beside, synced, then renamed over the old one. */
  #write(content: KeyringFile): void {
    const beside = `${this.#file}.new`;
    const handle = openSync(beside, 'w', 0o600);
    try {
      writeSync(handle, JSON.stringify(content, null, 2));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(beside, this.#file);
    syncFolder(dirname(this.#file));
    this.#content = content;
  }
}

/** Twenty-five random characters (125 bits) in five groups: `7K3QF-…`. */
function makeRecoveryCode(): string {
  const characters = Array.from(randomBytes(25), (byte) => recoveryAlphabet[byte % 32]).join('');
  return characters.replace(/(.{5})(?=.)/g, '$1-');
}

/** What people type for what they read: blanks and dashes off, O→0, I and L→1. */
export function normaliseRecoveryCode(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
}

/** Makes a rename durable; Windows has no handle for folders and does this by itself. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
