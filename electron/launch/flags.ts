import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What can be said to the program when it is started; each flag is optional. */
export interface Flags {
  /** Absolute path of the data folder, or null for the system's usual place. */
  data: string | null;
  /** Port of the plain Node door: 0 takes any free one, null the usual one or any. */
  port: number | null;
  /** Whether to open a window or the browser. */
  open: boolean;
  /** Start in the training office, with synthetic families. */
  training: boolean;
}

export const flagHelp = `Pemakaian: npm start -- [--data FOLDER] [--port NOMOR] [--no-open] [--latihan]
  --data FOLDER   folder buku register (bawaan: folder data pengguna)
  --port NOMOR    porta di komputer ini untuk peramban; 0 = porta bebas mana saja
  --no-open       jangan buka jendela atau peramban; cetak alamatnya saja
  --latihan       buka kantor latihan dengan keluarga rekaan`;

/** A flag that cannot be obeyed; its message is one Indonesian line for the terminal. */
export class FlagError extends Error {
  override readonly name = 'FlagError';
}

/**
 * Reads the command line.
 *
 * @param strict refuse what is unknown; Electron passes Chromium's own switches too, so not there
 * @throws FlagError
 */
export function readFlags(args: readonly string[], strict = true): Flags {
  const { data, port, 'no-open': noOpen, latihan } = parse(args, strict);
  if (data === '' || data === true) throw new FlagError('--data butuh nama folder.');
  return {
    data: typeof data === 'string' ? resolve(data) : null,
    port: port === undefined ? null : readPort(port),
    open: noOpen !== true,
    training: latihan === true,
  };
}

/** The same flags as a command line, to hand on to another process. */
export function writeFlags(flags: Flags): string[] {
  return [
    ...(flags.data === null ? [] : ['--data', flags.data]),
    ...(flags.port === null ? [] : ['--port', String(flags.port)]),
    ...(flags.open ? [] : ['--no-open']),
    ...(flags.training ? ['--latihan'] : []),
  ];
}

function parse(args: readonly string[], strict: boolean) {
  try {
    return parseArgs({
      args: [...args],
      strict,
      options: {
        data: { type: 'string' },
        port: { type: 'string' },
        'no-open': { type: 'boolean' },
        latihan: { type: 'boolean' },
      },
    }).values;
  } catch (cause) {
    const given = cause instanceof Error ? /'(-[^' ]*)/.exec(cause.message)?.[1] : undefined;
    throw new FlagError(
      `Pilihan ${given ?? 'baris perintah'} tidak dikenal atau tidak lengkap.\n${flagHelp}`,
      { cause },
    );
  }
}

function readPort(text: string | boolean): number {
  const port = typeof text === 'string' && /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port <= 65_535)) throw new FlagError(`--port ${String(text)} bukan nomor porta (0 sampai 65535).`);
  return port;
}
