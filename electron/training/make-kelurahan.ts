import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { IsoDate } from '../../shared/domain/person.ts';
import { KelurahanCode } from '../../shared/domain/wilayah.ts';
import { AppError } from '../../shared/errors.ts';
import { loadAreaData } from '../area-names.ts';
import { loadAreas } from '../areas.ts';
import { systemClock, today } from '../clock.ts';

const help = `Membuat satu kelurahan sintetis: daftar acuan untuk diimpor dan keluarga yang datang mendaftar.
Tidak seorang pun di dalamnya nyata. Isian yang sama menghasilkan kelurahan yang sama.

  npm run make-kelurahan -- --households N --seed S --out DIR [--kelurahan KODE] [--date TTTT-BB-HH]

  --households N     jumlah rumah tangga, 1 sampai 200000 (bawaan 300)
  --seed S           bilangan bulat (bawaan 1)
  --out DIR          folder tujuan; dibuat bila belum ada
  --kelurahan KODE   kode Kemendagri (bawaan 31.71.01.1001, Gambir)
  --date TTTT-BB-HH  hari ini menurut kelurahan itu; umur dan tanggal daftar mengikutinya (bawaan: hari ini)

Berkas yang ditulis:
  bdt-2015.xlsx      BDT 2015, 101 kolom, satu baris tiap anggota, kode wilayah bergaya BPS
  dtks.csv           DTKS, satu baris tiap orang
  dtks.xlsx          daftar yang sama sebagai buku kerja
  dtsen.xlsx         DTSEN triwulan terakhir, lembar Keluarga dan Individu
  dtsen-sebelumnya.xlsx  triwulan sebelumnya: ada yang baru, hilang, dan berpindah desil
  siks.xlsx          tabel SIKS-NG, rumah tangga dan anggota
  regsosek.xlsx      Regsosek22-K seperti buku kerja OpenSID, berkode BPS tanpa nama wilayah
  ppks.csv           PPKS, 26 jenis, sebagian tanpa NIK
  carik.csv          Carik Jakarta, kolomnya perlu dipetakan
  padan-dukcapil.xlsx  jawaban Dukcapil di samping yang ditanyakan
  cases.json         keluarga yang mendaftar (bentuk shared/domain/household.ts), jawaban kunjungan, dan kebenarannya`;

const Options = z.object({
  households: z.coerce
    .number('--households harus bilangan bulat 1 sampai 200000')
    .int()
    .min(1)
    .max(200_000)
    .default(300),
  seed: z.coerce.number().int().min(0).max(4_294_967_295).default(1),
  out: z.string().min(1),
  kelurahan: KelurahanCode.default('31.71.01.1001'),
  date: IsoDate.refine((date) => !Number.isNaN(Date.parse(date))).optional(),
});
type Options = z.infer<typeof Options>;

/** What is wrong with the command line or the disk, in one line. */
class Refusal extends Error {}

const resourcesDir = join(import.meta.dirname, '..', '..', 'resources');

try {
  const options = readOptions(process.argv.slice(2));
  if (options === null) console.log(help);
  else await make(options);
} catch (error) {
  console.error(
    `make-kelurahan: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`,
  );
  process.exitCode = 2;
}

async function make(options: Options): Promise<void> {
  const areas = loadAreas(resourcesDir);
  const data = loadAreaData(areas, resourcesDir);
  if (areas.find(options.kelurahan) === null) throw new AppError('unknown_area', { code: options.kelurahan });
  const day = options.date ?? today(systemClock);
  // What is refused is refused before all that makes and writes families is loaded.
  const { generateKelurahan } = await import('./generate.ts');
  const { bdtColumns, dtksColumns, writeCsv, writeSheets, writeWorkbook } = await import('./list-files.ts');
  const { reference, files, cases } = generateKelurahan({
    households: options.households,
    seed: options.seed,
    kelurahan: options.kelurahan,
    areas: data,
    today: day,
  });
  const folder = resolve(options.out);
  await mkdir(folder, { recursive: true });
  for (const list of reference) {
    if (list.source === 'BDT2015')
      await writeWorkbook(join(folder, 'bdt-2015.xlsx'), 'BDT 2015', bdtColumns, list.rows);
    else {
      await writeCsv(join(folder, 'dtks.csv'), dtksColumns, list.rows);
      await writeWorkbook(join(folder, 'dtks.xlsx'), 'DTKS', dtksColumns, list.rows);
    }
    console.log(
      `${list.name}: ${list.households.length} rumah tangga, ${list.rows.length} orang, keadaan ${list.listDate}`,
    );
  }
  for (const { fileName, sheets } of files) {
    const path = join(folder, fileName);
    const [only] = sheets;
    if (fileName.endsWith('.csv') && only !== undefined) await writeCsv(path, only.columns, only.rows);
    else await writeSheets(path, sheets);
    console.log(`${fileName}: ${sheets.map(({ name, rows }) => `${name} ${rows.length} baris`).join(', ')}`);
  }
  const { kelurahan, seed } = options;
  await writeFile(
    join(folder, 'cases.json'),
    JSON.stringify({ kelurahan, date: day, seed, households: options.households, cases }, null, 2),
  );
  console.log(`Pendaftaran: ${cases.length} keluarga. Berkas ada di ${folder}`);
}

/** Null where help was asked for. */
function readOptions(args: string[]): Options | null {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: 'boolean', short: 'h' },
      households: { type: 'string' },
      seed: { type: 'string' },
      out: { type: 'string' },
      kelurahan: { type: 'string' },
      date: { type: 'string' },
    },
  });
  if (values.help) return null;
  const parsed = Options.safeParse(values);
  if (parsed.success) return parsed.data;
  const flag = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new Refusal(
    values.out === undefined
      ? 'folder tujuan belum disebut (--out DIR). Lihat --help.'
      : `isi --${flag} tidak dapat dipakai. Lihat --help.`,
  );
}
