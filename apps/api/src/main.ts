import 'reflect-metadata';
import { join } from 'node:path';
import { registryClock } from '#libs/command-handling';
import { connectEventLog, openRegistrantKeys } from '#libs/event-log';
import type { Instant } from '#libs/kernel';
import { createLogger, type Logger } from '#libs/observability';
import { readSettings, type Settings } from '#libs/settings';
import { readLmdbViews } from '#libs/view-store';
import { createTokenVerifier, createWebApp } from '#libs/web';
import { apiModule } from './api.module.js';
import { eventTables } from './event-tables.js';
import { serveOpenApi } from './openapi.js';
import { Preparation } from './preparation.js';
import { RegistryDay } from './registry-day.js';

/** After this the process ends, whatever still holds it. */
const STOP_MS = 2_000;

function present(): Instant {
  return new Date().toISOString();
}

async function serve(settings: Settings, logger: Logger): Promise<void> {
  const connectionString = settings.eventStoreUrl;
  if (connectionString === undefined) {
    throw new Error('EVENTSTORE_URL is not set; "portbook start" starts the embedded event node.');
  }
  const keys = await openRegistrantKeys(settings.keysDir);
  const log = connectEventLog({ connectionString, tables: eventTables, keys });
  const views = readLmdbViews(join(settings.dataDir, 'views'));
  const day = new RegistryDay(registryClock(present, settings.today));
  const preparation = new Preparation({ settings, log, day, logger, present });
  const verify = await createTokenVerifier(settings);
  const app = await createWebApp(apiModule({ log, keys, views, day, preparation }), {
    verify,
    logger,
  });
  serveOpenApi(app);
  await app.listen(settings.port, settings.host);
  const address: unknown = app.getHttpServer().address();
  process.send?.({ kind: 'ready', port: (address as { readonly port: number }).port });

  const stopping = new AbortController();
  const stop = (): void => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    setTimeout(() => process.exit(1), STOP_MS).unref();
    void closeAll();
  };
  const closeAll = async (): Promise<void> => {
    app.getHttpServer().closeIdleConnections();
    await app.close();
    await Promise.all([log.close(), keys.close(), views.close()]);
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  process.on('disconnect', stop);
  await preparation.run(stopping.signal);
}

function messageOf(error: unknown, settings: Settings): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') {
    return `Port ${settings.port} on ${settings.host} is taken. Stop what uses it, or set PORT to another (0: any free one).`;
  }
  return error.message;
}

const settings = readSettings(process.env);
try {
  await serve(settings, createLogger({ level: settings.logLevel, process: 'api' }));
} catch (error) {
  process.stderr.write(`api: ${messageOf(error, settings)}\n`);
  process.exit(1);
}
