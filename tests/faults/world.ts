import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type FolderTemplate, makeFolderTemplate, openTemplate } from './office-template.ts';
import { SimProvince } from './sim-province.ts';
import type { World } from './simulate.ts';

/** In memory where the system has a folder there: these runs prove order and content, not the disk. */
export const scratch = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** What the runs of one process share: an office to copy and a database of its own. */
export async function openWorld(
  clusterUrl: string,
  office: Pick<FolderTemplate, 'folder' | 'key' | 'caseIds'>,
): Promise<World & { close(): Promise<void> }> {
  const template = openTemplate(office, scratch);
  const province = await SimProvince.create(clusterUrl);
  return {
    province,
    template,
    scratch,
    close: async () => {
      await province.close();
      template.close();
    },
  };
}

/** The same with an office made for it. */
export async function makeWorld(
  clusterUrl: string,
  cases: number,
): Promise<World & { close(): Promise<void> }> {
  const office = await makeFolderTemplate(cases, {}, scratch);
  const world = await openWorld(clusterUrl, office);
  return {
    ...world,
    close: async () => {
      await world.close();
      office.close();
    },
  };
}
