/**
 * Runs in the window before the screen, sandboxed. It exposes nothing: the screen reaches the office
 * and its workstation through `fetch` alone, the same through every door. What can only be had from
 * Electron would be exposed here, function by function, each with a comment that says what it may do.
 */
export {};
