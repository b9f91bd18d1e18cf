import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { strangers } from '../fixtures/person-tables.ts';

let folder = '';
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mutakhir-link-'));
  await writeFile(
    at('r.csv'),
    'no;nama;lahir;nik\n1;Siti Aminah;17/08/1980;3171015708800001\n2;Budi Santoso;02/03/1975;3171010203750002\n',
  );
  await writeFile(
    at('c.csv'),
    'no,nama,lahir,nik\na,ST. AMINAH,1980-08-17,3171015708800001\nb,Tak Dikenal,,-\n',
  );
  await writeFile(at('map.json'), '{"id":"no","name":["nama"],"dob":"lahir","nik":"nik"}');
});
afterAll(() => rm(folder, { recursive: true }));

/** Exit code, and what was said. */
function link(...args: string[]): Promise<{ code: number; out: string; said: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['electron/link-files/main.ts', ...args], (_, out, said) =>
      resolve({ code: child.exitCode ?? -1, out, said }),
    );
  });
}

describe('npm run link', () => {
  it('writes the candidates of each case, and one empty row where there is none', async () => {
    const done = await link(
      '--reference',
      at('r.csv'),
      '--cases',
      at('c.csv'),
      '--map',
      at('map.json'),
      '--out',
      at('l.csv'),
    );
    expect(done.code).toBe(0);
    const lines = (await readFile(at('l.csv'), 'utf8')).trim().split('\n');
    expect(lines[0]).toBe('case_id,reference_id,probability,decision,rank');
    expect(lines[1]).toMatch(/^a,1,0\.\d+,(auto|review),1$|^a,1,1\.0+,(auto|review),1$/);
    expect(lines.at(-1)).toBe('b,,0,none,1');
  });

  it('writes a cluster for each row of one file', async () => {
    const done = await link('--dedupe', at('r.csv'), '--map', at('map.json'), '--out', at('k.csv'));
    expect(done.code).toBe(0);
    expect((await readFile(at('k.csv'), 'utf8')).split('\n')).toEqual(['id,cluster_id', '1,0', '2,1', '']);
  });

  it('keeps to what persons decided before, and says which of it names nobody', async () => {
    await writeFile(at('d.csv'), 'case_id,reference_id,decision\na,1,different\nb,2,same\nhilang,1,same\n');
    const files = ['--reference', at('r.csv'), '--cases', at('c.csv'), '--map', at('map.json')];
    const done = await link(...files, '--decisions', at('d.csv'), '--out', at('ld.csv'));
    expect(done.code).toBe(0);
    expect(done.said).toContain('2 keputusan dipegang; 1 menyebut id yang tidak ada');
    const lines = (await readFile(at('ld.csv'), 'utf8')).trim().split('\n').slice(1);
    expect(lines).toEqual(['a,,0,none,1', 'b,2,1.000000,auto,1']);
    await writeFile(at('dd.csv'), 'reference_id;decision;case_id\n1;Same;2\n');
    const one = ['--dedupe', at('r.csv'), '--map', at('map.json'), '--decisions', at('dd.csv')];
    expect((await link(...one, '--out', at('kd.csv'))).code).toBe(0);
    const clusters = (await readFile(at('kd.csv'), 'utf8')).trim().split('\n').slice(1);
    expect(new Set(clusters.map((line) => line.split(',')[1])).size).toBe(1);
  });

  it('leaves out the empty rows of a spreadsheet, and says what it could not read', async () => {
    await writeFile(
      at('odd.csv'),
      'no,nama,lahir,nik\na,Siti Aminah,"Aug 17, 1980",\nb,Budi,kemarin,\nc,Joko,17/08/80\n,,,,,\n',
    );
    const files = ['--reference', at('r.csv'), '--cases', at('odd.csv'), '--map', at('map.json')];
    const done = await link(...files, '--out', at('lo.csv'));
    expect(done.code).toBe(0);
    expect(done.said).toContain('1 tanggal lahir dari 3 baris tidak terbaca');
    expect(done.said).toContain('1 tanggal lahir bertahun dua angka');
    expect(done.said).toContain('1 baris lebih pendek daripada judulnya');
    const cases = (await readFile(at('lo.csv'), 'utf8')).trim().split('\n').slice(1);
    expect(new Set(cases.map((line) => line.split(',')[0]))).toEqual(new Set(['a', 'b', 'c']));
  });

  it('refuses decisions that make one person of two who were said to be two', async () => {
    await writeFile(at('three.csv'), 'no,nama,lahir,nik\n1,Rina,,\n2,Joko,,\n3,Budi,,\n');
    await writeFile(at('contrary.csv'), 'case_id,reference_id,decision\n1,2,same\n2,3,same\n3,1,different\n');
    await writeFile(at('later.csv'), 'case_id,reference_id,decision\n1,2,different\n2,1,same\n');
    const file = ['--dedupe', at('three.csv'), '--map', at('map.json'), '--out', at('three-out.csv')];
    const dedupe = (decisions: string) => [...file, '--decisions', at(decisions)];
    const contrary = await link(...dedupe('contrary.csv'));
    expect(contrary.code).toBe(2);
    expect(contrary.said).toContain('"3" dan "1" dinyatakan different');
    expect((await link(...dedupe('later.csv'))).code).toBe(0);
  });

  it('reads a file as the other one is written where it does not tell itself, and says which numbers are lost', async () => {
    await writeFile(
      at('told.csv'),
      'no,nama,lahir,nik\n1,Budi Santoso,1970-03-04,\n2,Joko Susilo,03/25/1980,\n3,Budi Santoso,1970-04-03,\n',
    );
    await writeFile(
      at('untold.csv'),
      'no,nama,lahir,nik\na,Budi Santoso,03/04/1970,3.17101E+15\nb,Tak Dikenal,01/02/1990,-\n',
    );
    const files = ['--reference', at('told.csv'), '--cases', at('untold.csv'), '--map', at('map.json')];
    const done = await link(...files, '--out', at('told-out.csv'));
    expect(done.said).toContain('1 NIK atau No KK dirusak lembar sebar');
    expect(await readFile(at('told-out.csv'), 'utf8')).toMatch(/^a,1,.*,1$/m);
  });

  it('says which keys brought too many together, and where persons may have been missed', async () => {
    const rows = (count: number, from: number, born: string) =>
      strangers
        .slice(from, from + count)
        .map(({ id, name }) => `${id},${name},${born},\n`)
        .join('');
    const header = 'no,nama,lahir,nik\n';
    await writeFile(at('covered.csv'), header + rows(200, 0, '1980-05-05') + rows(30, 200, '1985-07-09'));
    await writeFile(at('missed.csv'), header + rows(400, 0, '1970-01-01') + rows(200, 400, '1980-05-05'));
    const dedupe = (file: string) =>
      link('--dedupe', at(file), '--map', at('map.json'), '--out', at('capped.csv'));
    expect((await dedupe('covered.csv')).said).toContain(
      'kunci "tanggal lahir": 1 blok terlalu besar (terbesar 200 orang), semuanya terbaca lewat kunci yang lebih halus.',
    );
    expect((await dedupe('missed.csv')).said).toContain(
      'kunci "tanggal lahir": 2 blok terlalu besar (terbesar 400 orang), 1 di antaranya tidak terbaca seluruhnya.',
    );
    expect((await dedupe('r.csv')).said).not.toContain('terlalu besar');
  });

  it('explains itself', async () => {
    const { out } = await link('--help');
    expect(out).toContain('--reference');
    expect(out).toContain('--decisions');
  });

  it('ends with 2 and one clear line where something cannot be used', async () => {
    await writeFile(at('empty.csv'), '');
    await writeFile(at('twice.csv'), 'no,nama,lahir,nik\n1,A,,\n1,B,,\n');
    await writeFile(at('slid.csv'), 'no,nama,lahir,nik\n1,A,,\n7,BUDI,JR,,3171011708800001\n');
    await writeFile(at('quote.csv'), 'no,nama,lahir,nik\n1,"A,,\n2,B,,\n');
    await writeFile(at('binary.csv'), Buffer.from([80, 75, 3, 4, 0, 0, 0]));
    await writeFile(at('double.csv'), 'no,nama,nama,lahir,nik\n1,A,B,,\n');
    await writeFile(at('bad.json'), '{');
    await writeFile(at('headless.csv'), 'a,1,same\n');
    await writeFile(at('maybe.csv'), 'case_id,reference_id,decision\n1,2,maybe\n');
    await writeFile(at('unknown.json'), '{"id":"no","nomor":"nik"}');
    await writeFile(at('blank.csv'), '\n \n');
    await writeFile(at('ids.csv'), 'no\n1\n2\n');
    await writeFile(at('colon.csv'), 'no:nama:lahir:nik\n1:A::\n');
    await writeFile(at('zero.csv'), 'no,nama,lahir,nik\n1,A\0B,,\n');
    await writeFile(at('ids.json'), '{"id":"no"}');
    await writeFile(at('repeated.json'), '{"id":"no","name":"nama","other":["nama"]}');
    await writeFile(at('absent.json'), '{"id":"no","name":"tak_ada"}');
    const dedupe = (file: string, map = 'map.json') => [
      '--dedupe',
      at(file),
      '--map',
      at(map),
      '--out',
      at('x.csv'),
    ];
    const files = ['--reference', at('r.csv'), '--cases', at('ids.csv'), '--map', at('map.json')];
    const wrong = [
      [],
      ['--wrong'],
      ['--dedupe', '--map'],
      ['--dedupe', at('r.csv'), '--map', at('map.json')],
      [...files, '--out', at('x.csv')],
      ...[
        'missing.csv',
        'blank.csv',
        'ids.csv',
        'colon.csv',
        'zero.csv',
        'empty.csv',
        'twice.csv',
        'slid.csv',
        'quote.csv',
        'binary.csv',
        'double.csv',
        '.',
      ].map((file) => dedupe(file)),
      ...['headless.csv', 'maybe.csv'].map((file) => [...dedupe('r.csv'), '--decisions', at(file)]),
      ...['missing.json', 'bad.json', 'unknown.json', 'absent.json', 'ids.json', 'repeated.json'].map((map) =>
        dedupe('r.csv', map),
      ),
    ];
    for (const args of wrong) {
      const { code, said } = await link(...args);
      expect([args, code, said.trim().split('\n').length]).toEqual([args, 2, 1]);
    }
    expect((await link(...dedupe('blank.csv'))).said).toContain('baris judulnya kosong');
    expect((await link(...dedupe('colon.csv'))).said).toContain('Pemisah yang dikenal: koma, titik koma');
  });

  it('looks where the result is to stand before anything is read, and never writes it over a file that it reads', async () => {
    const before = await readFile(at('r.csv'), 'utf8');
    await symlink(at('r.csv'), at('same.csv'));
    // Not even the map is there: that the result has no place is known first.
    const into = async (out: string, map = 'no-map.json') =>
      (await link('--dedupe', at('r.csv'), '--map', at(map), '--out', at(out))).said.trim();
    expect(await into('none/x.csv')).toBe(
      `link: folder ${at('none')} tidak ada; buat dahulu atau sebut folder lain pada --out.`,
    );
    expect(await into('.')).toContain('adalah folder; sebut nama berkas pada --out.');
    for (const out of ['r.csv', 'same.csv'])
      expect(await into(out, 'map.json')).toBe(
        `link: berkas ${at(out)} dibaca sebagai masukan; sebut nama lain pada --out.`,
      );
    expect(await into('map.json', 'map.json')).toContain('dibaca sebagai masukan');
    expect(await readFile(at('r.csv'), 'utf8')).toBe(before);
  });
});
