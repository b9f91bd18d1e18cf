import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import {
  type FolderTemplate,
  makeFolderTemplate,
  type OfficeTemplate,
  openTemplate,
} from './office-template.ts';
import type { Tx } from '../provincial-server/database.ts';
import { SimProvince } from './sim-province.ts';
import { runFolder } from '../run-folder.ts';
import type { KeyPlan } from './sim-keys.ts';
import type { Harm } from './sim-repair.ts';

/** In memory where the system has a folder there: these runs prove order and content, not the disk. */
export const scratch = runFolder() ?? (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());

export interface World {
  province: SimProvince;
  template: OfficeTemplate;
  /** Folder for the files of a run. */
  scratch: string;
  /**
   * What a test does to the province before both ends are compared; by `judge` it may compare them itself, by the
   * transaction of a connection.
   */
  beforeVerdict?: (judge: (tx: Tx) => Promise<string[]>) => Promise<void>;
  /** Milliseconds of calm in which everything must come to its end; three hours where it is left out. */
  patience?: number;
  /** Requests with which a run is given up; many times those that it makes where this is left out. */
  mostRequests?: number;
  /** What one end loses once both agree; people must find it by the proof, and repair it. */
  harm?: Harm;
  /** Whether that goes on a stick alone, the line gone, whatever the seed draws. */
  byStick?: boolean;
  /** Whether couriers go, and the server is an older one for a while, whatever the seed draws. */
  everything?: boolean;
  /** Which keys are changed, whatever the seed draws. */
  keys?: KeyPlan;
  /** What a test draws the steps of a run out by. */
  dawdle?: () => Promise<void>;
}

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
