/** Aborts when this process is asked to end, by a signal or by npm. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  const end = (): void => stop.abort();
  process.once("SIGINT", end).once("SIGTERM", end);
  if (process.env["npm_lifecycle_event"]) {
    // npm passes a signal to its shell, which ends without passing it on. Then this process has a new parent.
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && end(), 100).unref();
  }
  return stop.signal;
}
