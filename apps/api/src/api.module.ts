import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { commandHandlers, CommandRunner, PolicyReader } from '#libs/command-handling';
import type { EventLog, RegistrantKeys } from '#libs/event-log';
import type { Registry, ReportedMetrics } from '#libs/observability';
import type { ViewStore } from '#libs/view-store';
import { CommandAnswers } from './commands/command-answers.js';
import { PolicyCommandsController } from './commands/policy/policy-commands.controller.js';
import { ChangesController } from './commands/registrant/changes.controller.js';
import { ClericalController } from './commands/registrant/clerical.controller.js';
import { DecisionsController } from './commands/registrant/decisions.controller.js';
import { IssueRegistrantCommand } from './commands/registrant/issue-registrant-command.js';
import { RegistrationsController } from './commands/registrant/registrations.controller.js';
import { commandMetrics } from './operations/command-metrics.js';
import { ExportController } from './operations/export.controller.js';
import { HealthController } from './operations/health.controller.js';
import { ImportController } from './operations/import.controller.js';
import { Imports } from './operations/imports.js';
import { MetricsController } from './operations/metrics.controller.js';
import { Readiness } from './operations/readiness.js';
import { StandingOf } from './operations/standing.js';
import { StatusPageController } from './operations/status-page.controller.js';
import { PolicyController } from './policy/policy.controller.js';
import { PolicyWorlds } from './policy-worlds.js';
import { Preparation } from './preparation.js';
import { ReferenceController } from './reference/reference.controller.js';
import { ExplanationsController } from './registrants/explanations.controller.js';
import { Records } from './registrants/records.js';
import { RegistrantsController } from './registrants/registrants.controller.js';
import { RegistryDay } from './registry-day.js';
import { ReplaysController } from './replays/replays.controller.js';
import { Replays } from './replays/replays.js';
import {
  EVENT_LOG,
  METRICS,
  REGISTRANT_KEYS,
  REPORTED_METRICS,
  SPOOL_FOLDER,
  VIEW_STORE,
} from './tokens.js';
import { Views } from './views.js';

/** What the API stands on; the process opens it, and a spec hands over its own. */
export interface ApiParts {
  readonly log: EventLog;
  readonly keys: RegistrantKeys;
  readonly views: ViewStore;
  readonly day: RegistryDay;
  readonly preparation: Preparation;
  /** Where the file of an import lies while it comes in: the data folder. */
  readonly spoolFolder: string;
  /** What this process counts. */
  readonly metrics: Registry;
  /** What the other processes told of theirs. */
  readonly reported: ReportedMetrics;
}

@Module({})
class ApiModule {}

export function apiModule(parts: ApiParts): DynamicModule {
  const { log, keys, views, day, preparation, spoolFolder, metrics, reported } = parts;
  const observer = commandMetrics(metrics);
  const policies = new PolicyReader(log);
  return {
    module: ApiModule,
    imports: [CqrsModule.forRoot()],
    controllers: [
      RegistrationsController,
      ChangesController,
      DecisionsController,
      ClericalController,
      PolicyCommandsController,
      RegistrantsController,
      ExplanationsController,
      PolicyController,
      ReferenceController,
      ReplaysController,
      ExportController,
      ImportController,
      HealthController,
      MetricsController,
      StatusPageController,
    ],
    providers: [
      { provide: EVENT_LOG, useValue: log },
      { provide: SPOOL_FOLDER, useValue: spoolFolder },
      { provide: VIEW_STORE, useValue: views },
      { provide: REGISTRANT_KEYS, useValue: keys },
      { provide: METRICS, useValue: metrics },
      { provide: REPORTED_METRICS, useValue: reported },
      { provide: RegistryDay, useValue: day },
      { provide: Preparation, useValue: preparation },
      { provide: PolicyReader, useValue: policies },
      {
        provide: CommandRunner,
        useValue: new CommandRunner({ log, keys, policies, clock: day, observer }),
      },
      ...commandHandlers,
      ...[
        CommandAnswers,
        IssueRegistrantCommand,
        PolicyWorlds,
        Records,
        Views,
        Replays,
        Readiness,
        Imports,
        StandingOf,
      ],
    ],
  };
}
