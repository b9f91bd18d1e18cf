import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

/** Prints the packages that loading the office loads. */
const program = `
  import { registerHooks } from 'node:module';
  const packages = new Set();
  registerHooks({
    load(url, context, next) {
      const name = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1];
      if (name !== undefined) packages.add(name);
      return next(url, context);
    },
  });
  await import(${JSON.stringify(pathToFileURL('electron/run-office.ts').href)});
  process.stdout.write([...packages].join(' '));`;

it('what prints, reads workbooks, makes up families or goes through a proxy is loaded where it is needed, not at the start', () => {
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program];
  const loaded = execFileSync(process.execPath, args, { encoding: 'utf8' }).split(' ');
  expect(loaded).toContain('zod');
  for (const late of ['pdf-lib', 'pdfmake', 'fontkit', 'exceljs', '@faker-js/faker', 'undici'])
    expect(loaded).not.toContain(late);
});
