import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  app,
  BrowserWindow,
  dialog,
  Menu,
  type MenuItemConstructorOptions,
  protocol,
  screen,
  session,
  utilityProcess,
  type WebContents,
} from 'electron';
import { AppError } from '../shared/errors.ts';
import { systemClock } from './clock.ts';
import { isSameAddress, windowAddress } from './door/address.ts';
import { createDoor } from './door/door.ts';
import { keepOffice, type OfficeKeeper, type OfficeProcess } from './door/office-keeper.ts';
import { defaultDataFolder, prepareDataFolder } from './launch/data-folder.ts';
import { readFlags } from './launch/flags.ts';
import { placeWindow, readWindowState, smallestWindow, writeWindowState } from './launch/window-state.ts';
import { createLog, logFailure } from './log.ts';

/**
 * The Electron door: one window on app://mutakhir/, which the same door answers as everywhere, with
 * the office in a process of its own. Follows Electron's security checklist point by point.
 */
const home = new URL(`${windowAddress}/`);
const log = createLog();

/** Where Chromium's built-in PDF viewer lives, in every Chromium. */
const pdfViewer = new URL('chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/');

/** The one permission the screen has: to write to the clipboard when the user presses "Salin". */
const copying = 'clipboard-sanitized-write';

// Privileged as a web origin of its own: relative addresses, fetch and storage work, CSP holds.
protocol.registerSchemesAsPrivileged([
  { scheme: home.protocol.slice(0, -1), privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

process.on('uncaughtException', (cause) => {
  const { message, next } = new AppError('internal', { reference: logFailure(log, cause) }).toProblem();
  dialog.showErrorBox(message, next);
  app.exit(70);
});

// Electron's own arguments precede ours, and Chromium's switches may stand among them.
const flags = readFlags(process.argv.slice(app.isPackaged ? 1 : 2), false);
const dataFolder =
  flags.data ?? defaultDataFolder({ platform: process.platform, env: process.env, home: homedir() });
prepareDataFolder(dataFolder);
// Chromium's profile beside the register, so that each data folder is a program of its own.
app.setPath('userData', join(dataFolder, 'jendela'));

if (app.requestSingleInstanceLock()) {
  void app.whenReady().then(start);
} else {
  // The first instance is told, and shows its window.
  app.quit();
}

async function start(): Promise<void> {
  const office = keepOffice(forkOffice, dataFolder, flags.training);
  try {
    await office.start();
  } catch (cause) {
    refuse(cause);
    return;
  }
  closeWithProgram(office);
  guardSession();
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
  const door = createDoor({
    office,
    assets: fileURLToPath(new URL('../dist/renderer', import.meta.url)),
    addresses: [windowAddress],
    clock: systemClock,
    log,
  });
  protocol.handle(home.protocol.slice(0, -1), (request) => door.fetch(request));
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu()));
  const window = openWindow();
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('window-all-closed', () => app.quit());
}

function openWindow(): BrowserWindow {
  const stateFile = join(app.getPath('userData'), 'jendela.json');
  const state = readWindowState(stateFile);
  const window = new BrowserWindow({
    ...placeWindow(
      state,
      screen.getAllDisplays().map((display) => display.workArea),
    ),
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    title: 'Mutakhir',
    show: false,
    webPreferences: {
      preload: fileURLToPath(new URL('./preload.cjs', import.meta.url)),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      // Chromium's own PDF viewer, for the documents that the office prints.
      plugins: true,
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => {
    if (state?.maximised === true) window.maximize();
    window.show();
  });
  window.on('close', () => {
    writeWindowState(stateFile, { bounds: window.getNormalBounds(), maximised: window.isMaximized() });
  });
  // A crashed page comes back by itself; what was typed stands in the drafts.
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') load(window);
  });
  load(window);
  return window;
}

function load(window: BrowserWindow): void {
  // Rejects when the window closes meanwhile, too; that is no reason to end the program.
  window.loadURL(home.href).catch((cause: unknown) => logFailure(log, cause));
}

/** No page of the window leaves the program, opens another window or embeds a foreign one. */
function guardContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isSameAddress(URL.parse(event.url), home)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    const url = URL.parse(event.url);
    // PDFs and photos are shown from memory, PDFs by Chromium's own viewer.
    const shown = url?.protocol === 'blob:' ? URL.parse(url.pathname) : url;
    if (!isSameAddress(shown, home) && !isSameAddress(shown, pdfViewer)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** No camera, no microphone, no place, no device. */
function guardSession(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === copying),
  );
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => permission === copying);
  session.defaultSession.setDevicePermissionHandler(() => false);
}

function forkOffice(): OfficeProcess {
  const child = utilityProcess.fork(fileURLToPath(new URL('./office-process.ts', import.meta.url)), [], {
    serviceName: 'Kantor Mutakhir',
  });
  return {
    send: (message) => child.postMessage(message),
    listen: (receive) => void child.on('message', receive),
    onExit: (ended) => void child.on('exit', ended),
    end: () => void child.kill(),
  };
}

/** The register is closed before the program ends, however it is told to. */
function closeWithProgram(office: OfficeKeeper): void {
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void office.close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}

function refuse(cause: unknown): void {
  const error =
    cause instanceof AppError ? cause : new AppError('internal', { reference: logFailure(log, cause) });
  const { message, next, details } = error.toProblem();
  const address = String(details['address'] ?? '');
  dialog.showErrorBox(message, address === '' ? next : `${next}\n${address}`);
  app.exit(1);
}

/** Small: the program's own actions stand in its screens and in the palette. */
function menu(): MenuItemConstructorOptions[] {
  return [
    { label: 'Berkas', submenu: [{ role: 'quit', label: 'Keluar' }] },
    {
      label: 'Sunting',
      submenu: [
        { role: 'undo', label: 'Urungkan' },
        { role: 'redo', label: 'Ulangi' },
        { type: 'separator' },
        { role: 'cut', label: 'Potong' },
        { role: 'copy', label: 'Salin' },
        { role: 'paste', label: 'Tempel' },
        { role: 'selectAll', label: 'Pilih semua' },
      ],
    },
    {
      label: 'Tampilan',
      submenu: [
        { role: 'zoomIn', label: 'Perbesar' },
        { role: 'zoomOut', label: 'Perkecil' },
        { role: 'resetZoom', label: 'Ukuran semula' },
        { type: 'separator' },
        { role: 'togglefullscreen', label: 'Layar penuh' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools', label: 'Alat pengembang' } as const]),
      ],
    },
  ];
}
