import { Body, Controller, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type CommandOutcome, type Issue, IssuePolicyCommand } from '#libs/command-handling';
import type { PolicyCommand, PolicyCommandName } from '#libs/policy';
import { CommandAnswers } from '../command-answers.js';
import { CommandRoute } from '../command-route.js';
import { Issued } from '../issued.js';
import { plain } from '../plain.js';
import * as dto from './policy-command.dto.js';

/** A policy command with its issue and the answer that is being made. */
interface Sent {
  readonly body: object;
  readonly issue: Issue;
  readonly response: Response;
}

/** The policy-makers' commands: what the law says, from when on, and where it is published; and slips of its record. */
@ApiTags('policy commands')
@Controller('api/commands')
export class PolicyCommandsController {
  constructor(
    private readonly bus: CommandBus,
    private readonly answers: CommandAnswers,
  ) {}

  @CommandRoute('enact-duty', 'policy-maker')
  enactDuty(
    @Body() body: dto.EnactDutyDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.issue('EnactDuty', { body, issue, response });
  }

  @CommandRoute('designate-arrivals', 'policy-maker')
  designateArrivals(
    @Body() body: dto.DesignateArrivalsDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.issue('DesignateArrivals', { body, issue, response });
  }

  @CommandRoute('authorise-discretion', 'policy-maker')
  authoriseDiscretion(
    @Body() body: dto.AuthoriseDiscretionDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.issue('AuthoriseDiscretion', { body, issue, response });
  }

  @CommandRoute('announce-call-in', 'policy-maker')
  announceCallIn(
    @Body() body: dto.AnnounceCallInDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.issue('AnnounceCallIn', { body, issue, response });
  }

  @CommandRoute('extend-call-in', 'policy-maker')
  extendCallIn(
    @Body() body: dto.ExtendCallInDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.issue('ExtendCallIn', { body, issue, response });
  }

  @CommandRoute('reopen-call-in', 'policy-maker')
  reopenCallIn(
    @Body() body: dto.ReopenCallInDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.issue('ReopenCallIn', { body, issue, response });
  }

  @CommandRoute('rescind-call-in-countries', 'policy-maker')
  rescindCallInCountries(
    @Body() body: dto.RescindCallInCountriesDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.issue('RescindCallInCountries', { body, issue, response });
  }

  @CommandRoute('designate-departure-ports', 'policy-maker')
  designateDeparturePorts(
    @Body() body: dto.DesignateDeparturePortsDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.issue('DesignateDeparturePorts', { body, issue, response });
  }

  @CommandRoute('make-duty-exemption', 'policy-maker')
  makeDutyExemption(
    @Body() body: dto.MakeDutyExemptionDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.issue('MakeDutyExemption', { body, issue, response });
  }

  @CommandRoute('suspend-domestic-registration', 'policy-maker')
  suspendDomesticRegistration(
    @Body() body: dto.SuspendDomesticRegistrationDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.issue('SuspendDomesticRegistration', { body, issue, response });
  }

  @CommandRoute('reinstate-domestic-registration', 'policy-maker')
  reinstateDomesticRegistration(
    @Body() body: dto.ReinstateDomesticRegistrationDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.issue('ReinstateDomesticRegistration', { body, issue, response });
  }

  @CommandRoute('launch-us-visit', 'policy-maker')
  launchUsVisit(
    @Body() body: dto.LaunchUsVisitDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.issue('LaunchUsVisit', { body, issue, response });
  }

  @CommandRoute('move-duty-to-us-visit', 'policy-maker')
  moveDutyToUsVisit(
    @Body() body: dto.MoveDutyToUsVisitDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.issue('MoveDutyToUsVisit', { body, issue, response });
  }

  @CommandRoute('delist-programme', 'policy-maker')
  delistProgramme(
    @Body() body: dto.BareLawDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.issue('DelistProgramme', { body, issue, response });
  }

  @CommandRoute('remove-regulation', 'policy-maker')
  removeRegulation(
    @Body() body: dto.BareLawDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.issue('RemoveRegulation', { body, issue, response });
  }

  @CommandRoute('note-milestone', 'policy-maker')
  noteMilestone(
    @Body() body: dto.BareLawDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.issue('NoteMilestone', { body, issue, response });
  }

  @CommandRoute('correct-policy-record', 'policy-maker')
  correctPolicyRecord(
    @Body() body: dto.CorrectPolicyRecordDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.issue('CorrectPolicyRecord', { body, issue, response });
  }

  @CommandRoute('rescind-policy-record', 'policy-maker')
  rescindPolicyRecord(
    @Body() body: dto.RescindPolicyRecordDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.issue('RescindPolicyRecord', { body, issue, response });
  }

  private async issue(type: PolicyCommandName, { body, issue, response }: Sent): Promise<object> {
    // The class of the body has checked the data of this very type.
    const command = { type, data: plain(body) } as PolicyCommand;
    const outcome = await this.bus.execute<IssuePolicyCommand, CommandOutcome>(
      new IssuePolicyCommand(command, issue),
    );
    return this.answers.answerTo(outcome, response);
  }
}
