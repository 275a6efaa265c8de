import { Body, Controller, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type Issue, registrantCommandClasses as commands } from '#libs/command-handling';
import { CommandRoute } from '../command-route.js';
import { Issued } from '../issued.js';
import { plain } from '../plain.js';
import { ConfirmDepartureDto, RecordUnregisteredDepartureDto } from './departures.dto.js';
import { CompleteFollowUpInterviewDto, ReregisterAnnuallyDto } from './interviews.dto.js';
import { IssueRegistrantCommand } from './issue-registrant-command.js';
import { RegisterArrivalDto } from './register-arrival.dto.js';
import { RegisterAtCallInDto } from './register-at-call-in.dto.js';

/** Who came, who was interviewed, who left. */
@ApiTags('registrant commands')
@Controller('api/commands')
export class RegistrationsController {
  constructor(private readonly commands: IssueRegistrantCommand) {}

  @CommandRoute('register-arrival', 'officer')
  registerArrival(
    @Body() body: RegisterArrivalDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.commands.issue(new commands.RegisterArrival(plain(body), issue), response);
  }

  @CommandRoute('register-at-call-in', 'officer')
  registerAtCallIn(
    @Body() body: RegisterAtCallInDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.commands.issue(new commands.RegisterAtCallIn(plain(body), issue), response);
  }

  @CommandRoute('complete-follow-up-interview', 'officer')
  completeFollowUpInterview(
    @Body() body: CompleteFollowUpInterviewDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.commands.issue(
      new commands.CompleteFollowUpInterview(plain(body), issue),
      response,
    );
  }

  @CommandRoute('reregister-annually', 'officer')
  reregisterAnnually(
    @Body() body: ReregisterAnnuallyDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.commands.issue(new commands.ReregisterAnnually(plain(body), issue), response);
  }

  @CommandRoute('confirm-departure', 'officer')
  confirmDeparture(
    @Body() body: ConfirmDepartureDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.commands.issue(new commands.ConfirmDeparture(plain(body), issue), response);
  }

  @CommandRoute('record-unregistered-departure', 'officer')
  recordUnregisteredDeparture(
    @Body() body: RecordUnregisteredDepartureDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.commands.issue(
      new commands.RecordUnregisteredDeparture(plain(body), issue),
      response,
    );
  }
}
