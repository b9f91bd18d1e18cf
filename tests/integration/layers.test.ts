import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

/**
 * A lint rule that has stopped working looks just like code without faults. So each rule of the
 * layers has a fixture here that breaks it, at the place in the tree that the rule is about, and the
 * rule's own teaching message must come back.
 */
const rules: Record<string, string> = {
  'shared/knows-a-side.ts': 'shared/ is what both sides agree on',
  'shared/knows-node.ts': 'shared/ imports nothing but zod, so that it runs on both sides',
  'renderer/features/cases/Asks.tsx': 'The renderer knows the office only through shared/contract',
  'renderer/features/cases/Reads.tsx': 'The renderer runs in a page',
  'renderer/app/rpc.ts': "may import the router's TYPE only",
  'electron/rpc/queries.ts': 'a procedure calls one service, never SQL',
  'electron/rpc/shows.ts': 'Arrows never run from the office to the screen',
  'electron/services/answers.ts': 'Services hold rules and transactions and know nothing above them',
  'electron/jobs/decides.ts': 'sync/ and jobs/ lie below services/',
  'electron/store/rules.ts': 'store/ is the only place with SQL',
  'electron/matching/queries.ts': 'matching, importing, exporting and printing are pure',
  'electron/importing/saves.ts': 'matching, importing, exporting and printing are pure',
  'electron/exporting/queries.ts': 'matching, importing, exporting and printing are pure',
  'electron/printing/queries.ts': 'matching, importing, exporting and printing are pure',
  'electron/door/decides.ts': 'A door holds no rules and opens nothing',
  'electron/security/window.ts': 'Only main.ts and preload.ts import electron',
  'electron/serve.ts': 'Only main.ts and preload.ts import electron',
};

const Report = z.object({
  diagnostics: z.array(z.object({ code: z.string(), help: z.string().optional(), filename: z.string() })),
});
const Config = z.object({
  overrides: z.array(
    z.object({
      rules: z.object({
        'no-restricted-imports': z
          .tuple([z.literal('error'), z.object({ patterns: z.array(z.object({ message: z.string() })) })])
          .optional(),
      }),
    }),
  ),
});

let told: { file: string; message: string }[];

beforeAll(() => {
  // Elsewhere, so that `shared/` of the fixtures is `shared/` to the configuration.
  const tree = mkdtempSync(join(tmpdir(), 'mutakhir-layers-'));
  cpSync('tests/fixtures/layers', tree, { recursive: true });
  cpSync('.oxlintrc.json', join(tree, '.oxlintrc.json'));
  const lint = resolve('node_modules/oxlint/bin/oxlint');
  const { stdout } = spawnSync(process.execPath, [lint, '--format', 'json', '.'], {
    cwd: tree,
    encoding: 'utf8',
  });
  told = Report.parse(JSON.parse(stdout))
    .diagnostics.filter(({ code }) => code.includes('no-restricted-imports'))
    .map(({ filename, help = '' }) => ({ file: filename, message: help }));
  rmSync(tree, { recursive: true });
});

test.each(Object.entries(rules))('%s is told: %s', (file, message) => {
  const messages = told.filter((one) => one.file === file).map((one) => one.message);
  expect(messages).toEqual([expect.stringContaining(message)]);
});

test('every rule of the configuration has a fixture that breaks it', () => {
  const config = Config.parse(JSON.parse(readFileSync('.oxlintrc.json', 'utf8')));
  const written = config.overrides.flatMap(
    ({ rules: { 'no-restricted-imports': rule } }) => rule?.[1].patterns.map(({ message }) => message) ?? [],
  );
  expect(written.length).toBeGreaterThan(0);
  const broken = new Set(told.map(({ message }) => message));
  expect(written.filter((message) => !broken.has(message))).toEqual([]);
});
