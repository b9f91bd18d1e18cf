import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { makeOfficeTemplate } from './office-template.ts';
import { SimProvince } from './sim-province.ts';
import type { World } from './simulate.ts';

/** In memory where the system has a folder there: these runs prove order and content, not the disk. */
const scratch = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** What the runs of one process share: an office to copy and a database of its own. */
export async function makeWorld(
  clusterUrl: string,
  cases: number,
): Promise<World & { close(): Promise<void> }> {
  const template = await makeOfficeTemplate(cases, scratch);
  const province = await SimProvince.create(clusterUrl);
  return {
    province,
    template,
    scratch,
    close: async () => {
      await province.close();
      await template.close();
    },
  };
}
