import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { buildApp } from '../../electron/packaging/build-app.ts';

/** electron-builder's own parts, which it does not lend by its front door. */
const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));

const root = process.cwd();
const app = resolve(`tests/.output/package-app-${process.pid}`);
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mutakhir-package-'));
  await buildApp(app);
});
afterAll(() => {
  rmSync(app, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

function scripts(): string[] {
  return globSync('{electron,shared}/**/*.js', { cwd: app });
}

function read(file: string): string {
  return readFileSync(join(app, file), 'utf8');
}

/** What a script imports, statically or later, and the addresses of workers and resources it makes. */
function named(script: string): string[] {
  const statements = /^(?:import|export)\s(?:[^'"`;]*?\sfrom\s)?\s*['"]([^'"]+)['"]/gm;
  const calls = /\b(?:import\(|new URL\()\s*['"]([^'"]+)['"]/g;
  return [statements, calls].flatMap((pattern) =>
    [...script.matchAll(pattern)].map((match) => match[1] ?? ''),
  );
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

describe('the program as it is packaged', () => {
  test('names no file that is not there', () => {
    const missing = scripts().flatMap((file) =>
      named(read(file))
        .filter((name) => name.startsWith('.') && !existsSync(join(app, dirname(file), name)))
        .map((name) => `${file}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  test('takes along the libraries that it loads, and only those', () => {
    const loaded = scripts()
      .flatMap((file) => named(read(file)))
      .filter(
        (name) => /^[@\w]/.test(name) && !name.includes(':') && !isBuiltin(name) && name !== 'electron',
      );
    expect([...new Set(loaded.map(packageOf))].sort()).toEqual(Object.keys(packageJson.dependencies).sort());
  });

  test('has a preload that is one script, without imports', () => {
    expect(read('electron/preload.cjs')).not.toMatch(/^\s*import\b/m);
  });

  test('has no tests and no tools in it', () => {
    expect(globSync('**/*.test.*', { cwd: app })).toEqual([]);
    expect(existsSync(join(app, 'electron/packaging'))).toBe(false);
    expect(globSync('**/*.ts', { cwd: app })).toEqual([]);
  });
});

describe('electron-builder', () => {
  test('accepts the configuration and finds what it names', async () => {
    const { getConfig, validateConfiguration } = builder('app-builder-lib/out/util/config/config');
    const { DebugLogger } = builder('builder-util');
    const config = await getConfig(root, 'electron-builder.yml', null);
    await validateConfiguration(config, new DebugLogger(false));
    expect(existsSync(config.win.icon)).toBe(true);
    expect(existsSync(config.linux.icon)).toBe(true);
    expect(existsSync(config.directories.buildResources)).toBe(true);
    expect(existsSync(join(app, config.extraMetadata.main))).toBe(true);
    await expect(validateConfiguration({ ...config, asarUnpak: [] }, new DebugLogger(false))).rejects.toThrow(
      'asarUnpak',
    );
  });

  /**
   * Everything but the runtime itself, which cannot be had everywhere: in its place stands a file
   * with the mark that the fuses are burnt behind.
   */
  test(
    'makes a package whose archive holds the program and whose fuses are blown',
    { timeout: 180_000 },
    async () => {
      const { getConfig } = builder('app-builder-lib/out/util/config/config');
      const { getCurrentFuseWire, FuseV1Options } = builder('@electron/fuses');
      const { FuseState } = builder('@electron/fuses/dist/constants.js');
      const { build, Platform } = builder('electron-builder');
      const config = await getConfig(root, 'electron-builder.yml', null);
      process.env['MUTAKHIR_UPDATE_URL'] = 'https://pembaruan.example/';
      config.electronDist = makeRuntime(join(folder, 'runtime'));
      config.directories.output = join(folder, 'out');
      config.files = [packFrom(config.files, app)].flat();
      await build({
        projectDir: root,
        targets: Platform.LINUX.createTarget('dir'),
        config,
        publish: 'never',
      });

      const resources = join(folder, 'out/linux-unpacked/resources');
      const { listPackage, extractFile } = builder('@electron/asar');
      const packed: string[] = listPackage(join(resources, 'app.asar'));
      const manifest = JSON.parse(extractFile(join(resources, 'app.asar'), 'package.json').toString());
      expect(packed).toContain(`/${manifest.main}`);
      expect(packed).toContain('/dist/renderer/index.html');
      expect(packed).toContain('/resources/wilayah/wilayah.csv');
      expect(packed).toContain('/node_modules/better-sqlite3/package.json');
      expect(packed.filter((file) => /^\/node_modules\/(react|@mantine)\//.test(file))).toEqual([]);
      expect(packed.filter((file) => /^\/(tests|renderer|docs|\.)/.test(file))).toEqual([]);
      const native = packed.filter((file) => file.endsWith('.node'));
      expect(native.filter((file) => !existsSync(join(resources, 'app.asar.unpacked', file)))).toEqual([]);
      expect(native.some((file) => file.includes('better-sqlite3'))).toBe(true);
      expect(native.some((file) => file.includes('argon2'))).toBe(true);

      const fuses = await getCurrentFuseWire(join(folder, 'out/linux-unpacked/mutakhir'));
      expect(fuses[FuseV1Options.RunAsNode]).toBe(FuseState.DISABLE);
      expect(fuses[FuseV1Options.EnableCookieEncryption]).toBe(FuseState.ENABLE);
      expect(fuses[FuseV1Options.EnableNodeOptionsEnvironmentVariable]).toBe(FuseState.DISABLE);
      expect(fuses[FuseV1Options.EnableNodeCliInspectArguments]).toBe(FuseState.DISABLE);
      expect(fuses[FuseV1Options.EnableEmbeddedAsarIntegrityValidation]).toBe(FuseState.ENABLE);
      expect(fuses[FuseV1Options.OnlyLoadAppFromAsar]).toBe(FuseState.ENABLE);
      expect(fuses[FuseV1Options.GrantFileProtocolExtraPrivileges]).toBe(FuseState.DISABLE);
    },
  );
});

/** The configured files, with the program of this test in the place of dist/app. */
function packFrom(files: unknown[], from: string): unknown[] {
  return files.map((entry) =>
    typeof entry === 'object' && entry !== null && 'from' in entry ? { ...entry, from } : entry,
  );
}

/** As much of a runtime as the packager looks at: a licence, a version, and a wire of nine fuses. */
function makeRuntime(target: string): string {
  const { SENTINEL } = builder('@electron/fuses/dist/constants.js');
  mkdirSync(join(target, 'resources'), { recursive: true });
  writeFileSync(join(target, 'LICENSE'), '');
  writeFileSync(join(target, 'LICENSES.chromium.html'), '');
  writeFileSync(join(target, 'version'), packageJson.devDependencies.electron);
  const wire = '1'.repeat(9);
  writeFileSync(join(target, 'electron'), `runtime ${SENTINEL}\u0001\u0009${wire} end`, { mode: 0o755 });
  return target;
}
