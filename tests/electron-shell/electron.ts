import { Application } from './application.ts';
import { report } from './channel.ts';
import { Pages } from './pages.ts';
import { Protocols } from './protocols.ts';
import { ShellSession } from './session.ts';
import { fork } from './utility.ts';
import { ShellWindow } from './window.ts';

/**
 * Stands in for the module `electron` where its runtime cannot be had: windows are pages of a real
 * Chromium, the office's process is a real process, and what main.ts registers is really asked. Only
 * what main.ts uses is here; a name it imports and this file lacks ends the start.
 *
 * What it cannot prove is listed in ARCHITECTURE.md.
 */
export const protocol = new Protocols();
export const session = { defaultSession: new ShellSession() };
const pages = new Pages(protocol, session.defaultSession);
export const app = new Application(pages, protocol);

export class BrowserWindow extends ShellWindow {
  constructor(options: ConstructorParameters<typeof ShellWindow>[2]) {
    super(app, pages, options);
  }
}

export const utilityProcess = { fork };

export const dialog = {
  showErrorBox: (title: string, content: string) => report({ event: 'error-box', title, content }),
};

interface MenuItem {
  label?: string;
  submenu?: MenuItem[];
}

export const Menu = {
  buildFromTemplate: (template: MenuItem[]) => template,
  setApplicationMenu: (menu: MenuItem[]) =>
    report({
      event: 'menu',
      labels: menu.flatMap((item) => [
        item.label ?? '',
        ...(item.submenu ?? []).map((sub) => sub.label ?? ''),
      ]),
    }),
};

export const screen = {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1366, height: 768 } }],
};
