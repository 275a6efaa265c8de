import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  exposed,
  EXPOSITION_TYPE,
  metricsOf,
  type Registry,
  type ReportedMetrics,
} from '#libs/observability';
import { Roles } from '#libs/web';
import { METRICS, REPORTED_METRICS } from '../tokens.js';
import { StandingOf } from './standing.js';
import { StandingMetrics } from './standing-metrics.js';

/** The figures of the whole system, for Prometheus. */
@ApiTags('operations')
@Controller('metrics')
@Roles('operator')
export class MetricsController {
  readonly #standing: StandingMetrics;

  constructor(
    @Inject(METRICS) private readonly metrics: Registry,
    @Inject(REPORTED_METRICS) private readonly reported: ReportedMetrics,
    private readonly standing: StandingOf,
  ) {
    this.#standing = new StandingMetrics(metrics);
  }

  @Get()
  @ApiOperation({ summary: 'The figures of all processes, in the format of Prometheus' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  async expose(@Res() response: Response): Promise<void> {
    this.#standing.show(await this.standing.look());
    const text = await exposed([await metricsOf(this.metrics), ...this.reported.fresh()]);
    // Express would write the type's parameters in another order, which not every reader takes.
    response.setHeader('Content-Type', EXPOSITION_TYPE);
    response.end(text);
  }
}
