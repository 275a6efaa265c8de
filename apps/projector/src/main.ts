import { join } from 'node:path';
import { eventTables } from '#libs/command-handling';
import { connectEventLog, openRegistrantKeysReadOnly, readCredentials } from '#libs/event-log';
import {
  collectProcessMetrics,
  createLogger,
  endOfFault,
  endOfWhatNobodyCaught,
  type Logger,
  Registry,
  reportMetrics,
} from '#libs/observability';
import { runProjection, takeUpProjections } from '#libs/projecting';
import { readSettings, type Settings } from '#libs/settings';
import { openLmdbViews, openMongoViews } from '#libs/view-store';
import { policyTimeline } from '#projections/policy-timeline';
import { registrantFile } from '#projections/registrant-file';
import { beginFirstDay, followDays } from './registry-days.js';

/** After this the process ends, whatever still holds it; a batch that was not written comes again. */
const STOP_MS = 2_000;

const projections = [registrantFile, policyTimeline];

/** Runs the projections and begins the registry's days until the process is told to stop. */
async function project(settings: Settings, logger: Logger): Promise<void> {
  const { eventStoreUrl: connectionString, eventStoreCredentialsFile: file } = settings;
  if (connectionString === undefined) {
    throw new Error('EVENTSTORE_URL is not set; "portbook start" starts the embedded event node.');
  }
  const keys = openRegistrantKeysReadOnly(settings.keysDir);
  const log = connectEventLog({
    connectionString,
    ...(file !== undefined && { credentials: readCredentials(file) }),
    tables: eventTables,
    keys,
  });
  const stopping = new AbortController();
  stopWhenTold(stopping);
  const { signal } = stopping;
  const views = settings.mongodb
    ? openMongoViews({ ...settings.mongodb, signal })
    : openLmdbViews(join(settings.dataDir, 'views'));
  await takeUpProjections({ log, store: views, collections: projections, logger }, signal);
  const options = { log, store: views, logger };
  const running = [
    runProjection({ ...options, projection: registrantFile }, signal),
    runProjection({ ...options, projection: policyTimeline }, signal),
  ];
  const present = (): string => new Date().toISOString();
  try {
    const clock = await beginFirstDay({ settings, log, present }, signal);
    process.send?.({ kind: 'ready' });
    endOfWhatNobodyCaught(logger);
    reportProcess();
    const serving = Promise.all([...running, followDays(log, clock, signal)]);
    await serving.catch((error: unknown) => {
      if (!signal.aborted) endOfFault(logger, error);
      throw error;
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    await Promise.allSettled(running);
  }
  await Promise.all([log.close(), views.close(), keys.close()]);
}

/** It has no face of its own: the API tells its figures. */
function reportProcess(): void {
  const metrics = new Registry();
  collectProcessMetrics(metrics, 'projector');
  reportMetrics(metrics, 'projector');
}

function stopWhenTold(stopping: AbortController): void {
  const stop = (): void => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    setTimeout(() => process.exit(1), STOP_MS).unref();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  process.on('disconnect', stop);
}

try {
  const settings = readSettings(process.env);
  await project(settings, createLogger({ level: settings.logLevel, process: 'projector' }));
  process.exit(0);
} catch (error) {
  process.stderr.write(`projector: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
