import { join, resolve } from 'node:path';
import { build } from 'vite';
import { appSources, isStale, screenSources } from '../../electron/launch/freshness.ts';
import { buildApp } from '../../electron/packaging/build-app.ts';
import { bundleDoor } from '../bundled-workers.ts';
import { makeTrainingFolder } from './office.ts';

/**
 * Before the journeys: what they walk through is the program of today, not of the last build,
 * bundled so that it starts quickly, and the training office that most of them start in is played in once.
 */
export default async function buildWhatIsStale(): Promise<void> {
  const root = resolve('.');
  if (isStale(join(root, 'dist/renderer/index.html'), root, screenSources)) {
    await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'error' });
  }
  if (isStale(join(root, 'dist/app/package.json'), root, appSources)) await buildApp(join(root, 'dist/app'));
  await bundleDoor();
  await makeTrainingFolder();
}
