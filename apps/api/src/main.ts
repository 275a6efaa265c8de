import 'reflect-metadata';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { eventTables, registryClock } from '#libs/command-handling';
import { connectEventLog, openRegistrantKeys, readCredentials } from '#libs/event-log';
import type { Instant } from '#libs/kernel';
import {
  collectProcessMetrics,
  createLogger,
  endOfFault,
  endOfWhatNobodyCaught,
  Registry,
  ReportedMetrics,
} from '#libs/observability';
import { InvalidSettings, readSettings, type Settings } from '#libs/settings';
import { openMongoViews, readLmdbViews } from '#libs/view-store';
import { createTokenVerifier, createWebApp } from '#libs/web';
import { apiModule } from './api.module.js';
import { serveOpenApi } from './openapi.js';
import { Preparation } from './preparation.js';
import { ReadyGuard } from './ready.guard.js';
import { RegistryDay } from './registry-day.js';

/** How long answers that are being given may take when the process is told to end. */
const FINISH_MS = 1_000;
/** After this the process ends, whatever still holds it. */
const STOP_MS = 1_900;

function present(): Instant {
  return new Date().toISOString();
}

await main();

async function main(): Promise<void> {
  const stopping = stopWhenTold();
  try {
    await serve(readSettings(process.env), stopping);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${lineFor(error)}\n`);
    process.exit(1);
  }
}

/** Aborts at the first signal, or when the supervisor is gone: nobody would stop this process then. */
function stopWhenTold(): AbortSignal {
  const stopping = new AbortController();
  const stop = (): void => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    setTimeout(() => process.exit(1), STOP_MS).unref();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  process.on('disconnect', stop);
  return stopping.signal;
}

/** Serves until the signal aborts. */
async function serve(settings: Settings, signal: AbortSignal): Promise<void> {
  const { eventStoreUrl: connectionString, eventStoreCredentialsFile: file } = settings;
  if (connectionString === undefined) {
    throw new Error('EVENTSTORE_URL is not set; "portbook start" starts the embedded event node.');
  }
  const logger = createLogger({ level: settings.logLevel, process: 'api' });
  const verify = await createTokenVerifier(settings);
  const keys = await openRegistrantKeys(settings.keysDir);
  const log = connectEventLog({
    connectionString,
    ...(file !== undefined && { credentials: readCredentials(file) }),
    tables: eventTables,
    keys,
  });
  const views = settings.mongodb
    ? openMongoViews({ ...settings.mongodb, signal })
    : readLmdbViews(join(settings.dataDir, 'views'));
  const day = new RegistryDay(registryClock(present, settings.today));
  const preparation = new Preparation({ settings, log, day, logger, present });
  const metrics = new Registry();
  collectProcessMetrics(metrics, 'api');
  const reported = new ReportedMetrics();
  process.on('message', reported.take);
  const module = apiModule({
    ...{ log, keys, views, day, preparation, metrics, reported },
    spoolFolder: settings.dataDir,
  });
  const app = await createWebApp(module, {
    verify,
    logger,
    metrics,
    guards: [new ReadyGuard(preparation)],
  });
  serveOpenApi(app);
  const port = await listen(app, settings);
  // Nobody is there to be told where no supervisor has started it.
  process.send?.({ kind: 'ready', port });
  endOfWhatNobodyCaught(logger);

  const prepared = preparation.run(signal).catch((error: unknown) => endOfFault(logger, error));
  await Promise.race([prepared, aborted(signal)]);
  await aborted(signal);
  await finish(app);
  await Promise.all([log.close(), keys.close(), views.close()]);
}

/** The port that it got. */
async function listen(app: NestExpressApplication, { port, host }: Settings): Promise<number> {
  try {
    await app.listen(port, host);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new Error(
        `Port ${port} on ${host} is taken. Stop what uses it, or set PORT to another (0: any free one).`,
        { cause: error },
      );
    }
    throw new Error(`HOST=${host} cannot be listened on (${String(code)}).`, { cause: error });
  }
  const address: unknown = app.getHttpServer().address();
  return (address as { readonly port: number }).port;
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve, { once: true });
  });
}

/** Takes no more requests, and lets those that are being answered come to their end. */
async function finish(app: NestExpressApplication): Promise<void> {
  const server = app.getHttpServer();
  const timer = setTimeout(() => server.closeAllConnections(), FINISH_MS);
  server.closeIdleConnections();
  await app.close();
  clearTimeout(timer);
}

function lineFor(error: unknown): string {
  if (error instanceof InvalidSettings) return error.message;
  return `api: ${error instanceof Error ? error.message : String(error)}`;
}
