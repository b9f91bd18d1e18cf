type RequestHandler = (contents: null, permission: string, answer: (granted: boolean) => void) => void;
type CheckHandler = (contents: null, permission: string) => boolean;
type DeviceHandler = (details: object) => boolean;

/** `session.defaultSession`: keeps the handlers, and answers as Electron does without them: yes. */
export class ShellSession {
  #request: RequestHandler = (_contents, _permission, answer) => answer(true);
  #check: CheckHandler = () => true;
  #device: DeviceHandler = () => true;

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#request = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.#check = handler;
  }

  setDevicePermissionHandler(handler: DeviceHandler): void {
    this.#device = handler;
  }

  check(permission: string): boolean {
    return permission === 'device' ? this.#device({}) : this.#check(null, permission);
  }

  request(permission: string): boolean {
    let granted = false;
    this.#request(null, permission, (answer) => {
      granted = answer;
    });
    return granted;
  }
}
