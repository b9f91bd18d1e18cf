import { secureHeaders } from 'hono/secure-headers';

/**
 * What every answer of every door carries. Scripts come from the door alone, never inline; styles
 * may be inline because Mantine sets its CSS variables that way; `blob:` is for PDFs and photos,
 * which are fetched with the session token and shown from memory.
 */
export const securityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    frameSrc: ["'self'", 'blob:'],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY',
  // Loopback and app:// have no TLS to insist on.
  strictTransportSecurity: false,
  permissionsPolicy: {
    camera: [],
    microphone: [],
    geolocation: [],
    usb: [],
    serial: [],
    payment: [],
    displayCapture: [],
  },
});
