import { parseArgs } from 'node:util';
import { dedupe, type DedupeOrder, link, type LinkOrder } from './commands.ts';
import { lastWords, Refusal } from './refusal.ts';

const help = `Memadankan orang dalam berkas CSV, tanpa jendela dan tanpa register. Penjelasan: docs/link-files.md

  npm run -s link -- --reference R.csv --cases C.csv --map M.json --out L.csv
  npm run -s link -- --dedupe F.csv --map M.json --out K.csv

  --reference R.csv  daftar acuan: di sini orang dicari
  --cases C.csv      orang yang dicari; paling banyak satu pasangan di acuan
  --dedupe F.csv     satu berkas: siapa tercatat lebih dari sekali
  --map M.json       kolom mana berisi apa; yang tidak ada boleh dilewatkan, id wajib:
                     {"id":"rec_id","name":["given_name","surname"],"sex":"sex","dob":"birth","nik":"nik",
                      "kk":"kk","address":["street"],"rt":"rt","rw":"rw","kelurahan":"kel","other":["postcode"]}
  --decisions D.csv  keputusan orang yang selalu dipegang, apa pun isi kolomnya: case_id,reference_id,decision
                     (decision: same, different; dengan --dedupe kedua id dari berkas yang sama)
  --out              hasil, CSV:
                     case_id,reference_id,probability,decision,rank
                       auto    tertaut; paling banyak satu baris tiap orang yang dicari
                       review  calon yang perlu dilihat orang; sampai lima baris, yang terbaik rank 1
                       none    tidak ditemukan: satu baris, reference_id kosong, probability 0
                     id,cluster_id (dengan --dedupe)
  --help             bantuan ini

Yang terhenti (Ctrl+C, listrik padam) dilanjutkan dengan perintah yang sama pada hari yang sama; sampai selesai,
catatannya ada di samping hasil: L.csv.lanjutan (nomor baris dan nilai, tanpa nama atau NIK).

Ringkasan ditulis ke stderr. Selesai dengan 0; dengan 2 bila perintah atau berkasnya tidak dapat dipakai; dengan 1 bila terjadi galat yang tak terduga.`;

type Order = LinkOrder | DedupeOrder;

try {
  const order = readOrder(process.argv.slice(2));
  if (order === null) console.log(help);
  else if (order.kind === 'link') await link(order);
  else await dedupe(order);
} catch (error) {
  const { line, code } = lastWords(error);
  console.error(line);
  process.exitCode = code;
}

/** Null where help was asked for. */
function readOrder(args: string[]): Order | null {
  const values = readFlags(args);
  if (values.help) return null;
  const { reference, cases, dedupe, map, out, decisions = null } = values;
  if (map === undefined) throw new Refusal('peta kolom belum disebut (--map M.json). Lihat --help.');
  if (out === undefined) throw new Refusal('berkas hasil belum disebut (--out). Lihat --help.');
  if (dedupe !== undefined) {
    if (reference !== undefined || cases !== undefined)
      throw new Refusal('--dedupe tidak dipakai bersama --reference atau --cases. Lihat --help.');
    return { kind: 'dedupe', file: dedupe, map, out, decisions };
  }
  if (reference === undefined || cases === undefined)
    throw new Refusal('sebut --reference dan --cases, atau --dedupe. Lihat --help.');
  return { kind: 'link', reference, cases, map, out, decisions };
}

function readFlags(args: string[]): {
  help?: boolean;
  reference?: string;
  cases?: string;
  dedupe?: string;
  map?: string;
  out?: string;
  decisions?: string;
} {
  try {
    return parseArgs({
      args,
      options: {
        help: { type: 'boolean', short: 'h' },
        reference: { type: 'string' },
        cases: { type: 'string' },
        dedupe: { type: 'string' },
        map: { type: 'string' },
        out: { type: 'string' },
        decisions: { type: 'string' },
      },
    }).values;
  } catch (error) {
    // The first line says which; the others how to write one that begins with a dash.
    const [said = ''] = String(error instanceof Error ? error.message : error).split(/[.\n]/);
    throw new Refusal(`perintah tidak terbaca (${said}). Lihat --help.`);
  }
}
